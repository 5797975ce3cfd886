using System.Globalization;
using System.Text;

namespace Gander.Query.PromQl.Histograms;

/// <summary>
/// A native histogram with float counts (Prometheus, model/histogram). Immutable; arithmetic is in
/// <see cref="HistogramArithmetic"/>, statistics in <see cref="HistogramStatistics"/>.
/// </summary>
public sealed record FloatHistogram
{
    /// <summary>The schema of histograms whose bounds are <see cref="CustomBounds"/>.</summary>
    public const int CustomBucketsSchema = -53;

    /// <summary>Resolution: bucket <c>i</c> ends at <c>2^(i/2^Schema)</c>; -4 to 8, or <see cref="CustomBucketsSchema"/>.</summary>
    public int Schema { get; init; }

    /// <summary>Half the width of the zero bucket.</summary>
    public double ZeroThreshold { get; init; }

    /// <summary>Observations in the zero bucket.</summary>
    public double ZeroCount { get; init; }

    /// <summary>All observations, those of NaN included, which are in no bucket.</summary>
    public double Count { get; init; }

    /// <summary>The sum of observations; the staleness marker ends a series.</summary>
    public double Sum { get; init; }

    /// <summary>Buckets of positive observations; all buckets of a histogram with custom bounds.</summary>
    public BucketRun Positive { get; init; } = BucketRun.Empty;

    /// <summary>Buckets of negative observations.</summary>
    public BucketRun Negative { get; init; } = BucketRun.Empty;

    /// <summary>Upper bounds, ascending, without infinity, of a histogram with custom buckets; else empty.</summary>
    public IReadOnlyList<double> CustomBounds { get; init; } = [];

    /// <summary>What is known of counter resets before this histogram.</summary>
    public CounterResetHint ResetHint { get; init; }

    /// <summary>Whether bounds are custom.</summary>
    public bool HasCustomBuckets => Schema == CustomBucketsSchema;

    /// <summary>The bounds of the positive bucket at an index.</summary>
    public (double Lower, double Upper) BoundsAt(int index) => HasCustomBuckets
        ? (index == 0 ? double.NegativeInfinity : CustomBounds[index - 1], index < CustomBounds.Count ? CustomBounds[index] : double.PositiveInfinity)
        : (ExponentialBound(Schema, index - 1), ExponentialBound(Schema, index));

    /// <summary>All listed buckets from the lowest to the highest, the zero bucket among them when it holds anything.</summary>
    public IEnumerable<Bucket> Buckets()
    {
        for (var index = Negative.End - 1; index >= Negative.Offset; index--)
        {
            var (lower, upper) = BoundsAt(index);
            yield return new Bucket(-upper, -lower, Negative[index], index);
        }

        if (ZeroCount > 0)
        {
            yield return new Bucket(-ZeroThreshold, ZeroThreshold, ZeroCount, 0);
        }

        for (var index = Positive.Offset; index < Positive.End; index++)
        {
            var (lower, upper) = BoundsAt(index);
            yield return new Bucket(lower, upper, Positive[index], index);
        }
    }

    /// <summary>Whether two histograms hold the same observations in the same buckets; hints do not count.</summary>
    public bool HasSameContent(FloatHistogram other) =>
        Schema == other.Schema
        && Count.Equals(other.Count)
        && BitConverter.DoubleToInt64Bits(Sum) == BitConverter.DoubleToInt64Bits(other.Sum)
        && ZeroThreshold.Equals(other.ZeroThreshold)
        && ZeroCount.Equals(other.ZeroCount)
        && CustomBounds.SequenceEqual(other.CustomBounds)
        && SameRun(Positive.Trimmed(), other.Positive.Trimmed())
        && SameRun(Negative.Trimmed(), other.Negative.Trimmed());

    /// <summary>The histogram as Prometheus prints it: <c>{count:4, sum:5, (0.5,1]:1, (1,2]:3}</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"{{count:{PromQlNumber.Short(Count)}, sum:{PromQlNumber.Short(Sum)}"));
        foreach (var bucket in Buckets().Where(bucket => bucket.Count != 0))
        {
            var isZero = bucket.Lower <= 0 && bucket.Upper >= 0 && !HasCustomBuckets;
            var opens = isZero || bucket.Upper <= 0 && !HasCustomBuckets ? '[' : '(';
            var closes = bucket.Upper <= 0 && !isZero && !HasCustomBuckets ? ')' : ']';
            text.Append(CultureInfo.InvariantCulture, $", {opens}{PromQlNumber.Short(bucket.Lower)},{PromQlNumber.Short(bucket.Upper)}{closes}:{PromQlNumber.Short(bucket.Count)}");
        }

        return text.Append('}').ToString();
    }

    private static bool SameRun(BucketRun left, BucketRun right) => left.Offset == right.Offset && left.Counts.SequenceEqual(right.Counts);

    private static double ExponentialBound(int schema, int index)
    {
        var exponent = index * Math.Pow(2, -schema);

        // The bucket that ends beyond the largest float ends at it, so that the next one can hold infinities.
        return exponent == 1024 ? double.MaxValue : Math.Pow(2, exponent);
    }
}
