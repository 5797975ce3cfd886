using Gander.Query.PromQl.Histograms;
using Gander.Query.PromQl.Series;

namespace Gander.Tests.Query.PromQl.Scripts;

/// <summary>What <c>load_with_nhcb</c> adds: for every classic histogram one native histogram with custom buckets.</summary>
public static class ClassicToNative
{
    public static IEnumerable<ScriptSeries> Convert(IReadOnlyList<ScriptSeries> series)
    {
        var parts = series.Select(one => (Series: one, Name: one.Labels[Labels.MetricName]))
            .Where(part => part.Name.EndsWith("_bucket", StringComparison.Ordinal) || part.Name.EndsWith("_sum", StringComparison.Ordinal) || part.Name.EndsWith("_count", StringComparison.Ordinal))
            .GroupBy(part => part.Series.Labels.With("le", "").With(Labels.MetricName, part.Name[..part.Name.LastIndexOf('_')]));
        foreach (var group in parts)
        {
            var buckets = group.Where(part => part.Series.Labels["le"].Length > 0)
                .Select(part => (Bound: ScriptSeries.Number(part.Series.Labels["le"]), part.Series.Points)).OrderBy(bucket => bucket.Bound).ToList();
            if (buckets.Count == 0)
            {
                continue;
            }

            var sum = group.FirstOrDefault(part => part.Name.EndsWith("_sum", StringComparison.Ordinal)).Series;
            var count = group.FirstOrDefault(part => part.Name.EndsWith("_count", StringComparison.Ordinal)).Series;
            var points = Enumerable.Range(0, buckets.Max(bucket => bucket.Points.Count)).Select(i => At(buckets, sum, count, i)).ToList();
            yield return new ScriptSeries(group.Key, points);
        }
    }

    private static ScriptPoint At(List<(double Bound, IReadOnlyList<ScriptPoint> Points)> buckets, ScriptSeries? sum, ScriptSeries? count, int i)
    {
        var present = buckets.Where(bucket => i < bucket.Points.Count && bucket.Points[i].IsPresent).ToList();
        if (present.Count == 0)
        {
            return default;
        }

        var counts = new List<double>();
        var previous = 0.0;
        foreach (var bucket in present)
        {
            counts.Add(bucket.Points[i].Value - previous);
            previous = bucket.Points[i].Value;
        }

        var total = count is not null && i < count.Points.Count && count.Points[i].IsPresent ? count.Points[i].Value : previous;
        if (!double.IsPositiveInfinity(present[^1].Bound))
        {
            counts.Add(total - previous);
        }

        return new ScriptPoint(0, new FloatHistogram
        {
            Schema = FloatHistogram.CustomBucketsSchema,
            Count = total,
            Sum = sum is not null && i < sum.Points.Count && sum.Points[i].IsPresent ? sum.Points[i].Value : 0,
            CustomBounds = [.. present.Select(bucket => bucket.Bound).Where(double.IsFinite)],
            Positive = new BucketRun(0, counts),
        }, true);
    }
}
