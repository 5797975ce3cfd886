using Gander.Hosting;
using Microsoft.Extensions.Logging;
using Gander.Hosting.Configuration;

namespace Gander.Tests.Hosting.Configuration;

public sealed class SettingParserTests
{
    [Theory]
    [InlineData("64MiB", 64 << 20)]
    [InlineData("64 MB", 64_000_000)]
    [InlineData("1_000", 1_000)]
    public void A_number_may_have_a_unit_of_size(string text, int expected) => Assert.Equal(expected, Parse<int>(text));

    [Theory]
    [InlineData("30s", 30)]
    [InlineData("15m", 900)]
    [InlineData("1.5h", 5_400)]
    [InlineData("7d", 604_800)]
    [InlineData("00:01:00", 60)]
    public void A_time_has_a_unit(string text, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Parse<TimeSpan>(text));

    [Theory]
    [InlineData(typeof(int), "3GiB")]
    [InlineData(typeof(long), "9999999TiB")]
    [InlineData(typeof(long), "ten")]
    [InlineData(typeof(TimeSpan), "30")]
    [InlineData(typeof(bool), "yes")]
    [InlineData(typeof(LogLevel), "17")]
    [InlineData(typeof(ListenAddress), "::1:80")]
    [InlineData(typeof(ListenAddress), "127.0.0.1:70000")]
    [InlineData(typeof(ListenAddress), "127.0.0.1")]
    public void What_cannot_be_read_is_refused(Type type, string text) => Assert.False(SettingParser.TryParse(type, [text], out _, out _));

    [Theory]
    [InlineData("[::1]:80", true, false)]
    [InlineData("localhost:0", true, false)]
    [InlineData("*:4318", false, true)]
    [InlineData("0.0.0.0:4318", false, true)]
    [InlineData("192.0.2.1:4318", false, false)]
    public void An_address_knows_who_can_reach_it(string text, bool loopback, bool any)
    {
        var address = Parse<ListenAddress>(text);

        Assert.Equal((loopback, any), (address.IsLoopback, address.IsAny));
        Assert.Equal(text, address.ToString());
    }

    private static T Parse<T>(string text) => SettingParser.TryParse(typeof(T), [text], out var value, out var expected) ? (T)value! : throw new FormatException(expected);
}
