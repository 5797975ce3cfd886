using CsCheck;
using Gander.Api.Parameters;

namespace Gander.Tests.Api.Parameters;

public sealed class TimeTextTests
{
    private const long Now = 1_795_341_600_000_000_000;

    [Theory]
    [InlineData("2026-11-22T10:00:00Z", 1_795_341_600_000_000_000)]
    [InlineData("2026-11-22t10:00:00.123456789z", 1_795_341_600_123_456_789)]
    [InlineData("2026-11-22T12:30:00.5+02:30", 1_795_341_600_500_000_000)]
    [InlineData("2026-11-22T05:00:00-05:00", 1_795_341_600_000_000_000)]
    [InlineData("1795341600", 1_795_341_600_000_000_000)]
    [InlineData("1795341600.250", 1_795_341_600_250_000_000)]
    [InlineData("1795341600.1234567891", 1_795_341_600_123_456_789)]
    [InlineData("1795341600123456789", 1_795_341_600_123_456_789)]
    [InlineData("-1.5", -1_500_000_000)]
    [InlineData("0", 0)]
    [InlineData("now", Now)]
    [InlineData("now-6h", Now - 21_600_000_000_000)]
    [InlineData("now-1h30m", Now - 5_400_000_000_000)]
    [InlineData("NOW+5s", Now + 5_000_000_000)]
    public void Every_form_is_read_to_the_nanosecond(string text, long expected)
    {
        Assert.True(TimeText.TryParse(text, Now, out var nanos, out var problem), problem);
        Assert.Equal(expected, nanos);
    }

    [Theory]
    [InlineData("yesterday", "now-6h")]
    [InlineData("2026-11-22", "add Z")]
    [InlineData("2026-11-22T10:00:00", "add Z")]
    [InlineData("2026-11-22T10:00:00 01:00", "%2B")]
    [InlineData("2026-13-22T10:00:00Z", "RFC 3339")]
    [InlineData("2026-11-22T25:00:00Z", "RFC 3339")]
    [InlineData("1795341600250", "seconds with decimals")]
    [InlineData("now-6", "now-6h")]
    [InlineData("now-6y", "now-6h")]
    [InlineData("1e9", "Unix seconds")]
    [InlineData("99999999999", "Unix seconds")]
    public void What_cannot_be_read_is_answered_with_advice(string text, string advice)
    {
        Assert.False(TimeText.TryParse(text, Now, out _, out var problem));
        Assert.Contains(advice, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_reads_back_as_the_same_instant() =>
        Gen.Long.Sample(nanos => TimeText.TryParse(TimeText.Format(nanos), Now, out var back, out _) && back == nanos);

    [Fact]
    public void Instants_are_written_in_utc_with_nine_decimals() =>
        Assert.Equal("2026-11-22T10:00:00.000000001Z", TimeText.Format(1_795_341_600_000_000_001));

    [Fact]
    public void Any_text_is_either_read_or_refused() =>
        Gen.String.Sample(text => { TimeText.TryParse(text, Now, out _, out _); }, iter: 1_000);
}
