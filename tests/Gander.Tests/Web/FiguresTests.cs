using Gander.Web;

namespace Gander.Tests.Web;

public sealed class FiguresTests
{
    [Theory]
    [InlineData(null, "–")]
    [InlineData(0L, "0")]
    [InlineData(999L, "999")]
    [InlineData(4_533L, "4.53k")]
    [InlineData(12_840L, "12.8k")]
    [InlineData(999_499L, "999k")]
    [InlineData(999_999L, "1M")]
    [InlineData(48_123_456L, "48.1M")]
    public void Counts_have_three_digits_and_a_suffix(long? value, string text) => Assert.Equal(text, Figures.Count(value));

    [Theory]
    [InlineData(null, "–")]
    [InlineData(-1L, "–")]
    [InlineData(0L, "0 s")]
    [InlineData(850L, "850 ns")]
    [InlineData(431_000_000L, "431 ms")]
    [InlineData(1_566_000_000L, "1.57 s")]
    [InlineData(59_960_000_000L, "1 m")]
    [InlineData(252_000_000_000L, "4 m 12 s")]
    [InlineData(9_384_760_000_000L, "2 h 36 m")]
    [InlineData(360_000_000_000_000L, "4 d 4 h")]
    public void Lengths_of_time_have_the_unit_that_fits(long? nanos, string text) => Assert.Equal(text, Figures.Duration(nanos));

    [Theory]
    [InlineData(null, "–")]
    [InlineData(0.00421, "$0.0042")]
    [InlineData(3.4178, "$3.42")]
    [InlineData(1234.5, "$1,234.50")]
    public void Money_has_two_decimals_from_a_dollar_and_four_below(double? usd, string text) => Assert.Equal(text, Figures.Money((decimal?)usd));

    [Fact]
    public void Instants_are_written_to_the_nanosecond() =>
        Assert.Equal("2026-11-22T10:00:00.000000007Z", Figures.Iso(Some.Instant("2026-11-22T10:00Z") + 7));
}
