using Gander.Prometheus.Parameters;

namespace Gander.Tests.Prometheus.Parameters;

public sealed class PrometheusTimeTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("1435781430.781", 1_435_781_430_781)]
    [InlineData("1e3", 1_000_000)]
    [InlineData("-5", -5_000)]
    [InlineData("2015-07-01T20:10:51.781Z", 1_435_781_451_781)]
    [InlineData("2015-07-01T22:10:51+02:00", 1_435_781_451_000)]
    [InlineData("-292273086-05-16T16:47:06Z", PrometheusTime.FirstMillis)]
    [InlineData("292277025-08-18T07:12:54.999999999Z", PrometheusTime.LastMillis)]
    [InlineData("1e300", PrometheusTime.LastMillis)]
    [InlineData("now-1m", 3_540_000)]
    public void A_time_is_read(string text, long millis)
    {
        Assert.True(PrometheusTime.TryParse(text, 3_600_000, out var read));
        Assert.Equal(millis, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("yesterday")]
    [InlineData("2015-07-01")]
    public void What_is_no_time_is_not_read(string text) => Assert.False(PrometheusTime.TryParse(text, 0, out _));

    [Theory]
    [InlineData("15", 15_000)]
    [InlineData("0.5", 500)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("250ms", 250)]
    [InlineData("-3", -3_000)]
    public void A_duration_is_read(string text, long millis)
    {
        Assert.True(PrometheusTime.TryParseDuration(text, out var read));
        Assert.Equal(millis, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5 minutes")]
    [InlineData("m")]
    public void What_is_no_duration_is_not_read(string text) => Assert.False(PrometheusTime.TryParseDuration(text, out _));
}
