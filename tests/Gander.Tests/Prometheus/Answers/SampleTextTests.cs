using System.Globalization;
using System.Text;
using CsCheck;
using Gander.Prometheus.Answers;
using Gander.Query.PromQl;

namespace Gander.Tests.Prometheus.Answers;

public sealed class SampleTextTests
{
    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(-0.0, "-0")]
    [InlineData(1.0, "1")]
    [InlineData(-2.5, "-2.5")]
    [InlineData(0.1, "0.1")]
    [InlineData(1e15, "1000000000000000")]
    [InlineData(1.5e16, "15000000000000000")]
    [InlineData(123456789012345680000.0, "123456789012345680000")]
    [InlineData(9.99e20, "999000000000000000000")]
    [InlineData(1e21, "1e+21")]
    [InlineData(-1.25e300, "-1.25e+300")]
    [InlineData(1e-6, "0.000001")]
    [InlineData(0.0000123, "0.0000123")]
    [InlineData(1e-7, "1e-07")]
    [InlineData(-2.5e-9, "-2.5e-09")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(double.MaxValue, "1.7976931348623157e+308")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "+Inf")]
    [InlineData(double.NegativeInfinity, "-Inf")]
    public void A_float_looks_as_Prometheus_prints_it(double value, string expected) => Assert.Equal(expected, Float(value));

    [Fact]
    public void Any_float_is_printed_as_the_plain_way_prints_it() =>
        Gen.OneOf(Gen.Double, Gen.Double[-1e22, 1e22], Gen.Double[-1e-4, 1e-4], Gen.Long.Select(BitConverter.Int64BitsToDouble))
            .Sample(value => Float(value) == PromQlNumber.Format(value), iter: 20_000);

    [Fact]
    public void A_printed_float_reads_back_as_itself() =>
        Gen.Double.Where(double.IsFinite).Sample(value => double.Parse(Float(value), CultureInfo.InvariantCulture).Equals(value));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1_000, "1")]
    [InlineData(1_435_781_430_781, "1435781430.781")]
    [InlineData(1_500, "1.500")]
    [InlineData(1_007, "1.007")]
    [InlineData(-500, "-0.500")]
    [InlineData(long.MinValue, "-9223372036854775.808")]
    public void A_time_has_no_decimals_or_three(long millis, string expected)
    {
        Span<byte> target = stackalloc byte[SampleText.MaxTimeBytes];

        Assert.Equal(expected, Encoding.UTF8.GetString(target[..SampleText.WriteTime(millis, target)]));
    }

    private static string Float(double value)
    {
        Span<byte> target = stackalloc byte[SampleText.MaxFloatBytes];
        return Encoding.UTF8.GetString(target[..SampleText.WriteFloat(value, target)]);
    }
}
