using Gander.Api.Calls;
using Gander.Web.Summary;

namespace Gander.Web.Calls;

/// <summary>Charts over calls: a series for each of the first lines; of lengths of one line alone its quantiles.</summary>
/// <param name="buckets">The buckets.</param>
/// <param name="lines">All lines, most calls first.</param>
/// <param name="quantile">The quantile of the charts of lengths, above 0 and below 1.</param>
internal sealed class CallCharts(TimeBuckets buckets, IReadOnlyList<ChartLine> lines, double quantile)
{
    private static readonly double[] QuantilesOfOne = [0.99, 0.95, 0.5];

    private readonly List<ChartLine> _shown = [.. lines.Take(ChartData.MaxSeries)];

    /// <summary>Calls, and of all lines together those that failed.</summary>
    public ChartData Calls(int[] allErrors)
    {
        var series = _shown.Select((line, place) => ChartSeries.Of(line.Name, ColourOf(place), line.Calls.Zip(line.Errors, (calls, errors) => (double)(calls - errors)))).ToList();
        if (lines.Count > _shown.Count)
        {
            series.Add(ChartSeries.Of("others", "text-faint", Enumerable.Range(0, buckets.Count).Select(bucket => (double)lines.Skip(_shown.Count).Sum(line => line.Calls[bucket] - line.Errors[bucket]))));
        }

        series.Add(ChartSeries.Of("failed", "error", allErrors.Select(count => (double)count)));
        return new ChartData(Times(), series);
    }

    /// <summary>Something that adds up, by bucket of each line.</summary>
    public ChartData Sums(Func<int, IReadOnlyList<long>> sums)
    {
        var series = _shown.Select((line, place) => ChartSeries.Of(line.Name, ColourOf(place), sums(place).Select(sum => (double)sum))).ToList();
        if (lines.Count > _shown.Count)
        {
            series.Add(ChartSeries.Of("others", "text-faint", Enumerable.Range(0, buckets.Count)
                .Select(bucket => (double)Enumerable.Range(_shown.Count, lines.Count - _shown.Count).Sum(place => sums(place)[bucket]))));
        }

        return new ChartData(Times(), series);
    }

    /// <summary>Lengths of each line.</summary>
    public ChartData Lengths(Func<int, Measurements> measured) => lines.Count == 1
        ? new(Times(), [.. QuantilesOfOne.Select((each, place) => Series($"p{each * 100:0}", place, measured(0), each))], "lines", "ms")
        : new(Times(), [.. _shown.Select((line, place) => (line, place)).Where(entry => measured(entry.place).Count > 0).Select(entry => Series(entry.line.Name, entry.place, measured(entry.place), quantile))], "lines", "ms");

    private static string ColourOf(int place) => $"s{place + 1}";

    private ChartSeries Series(string name, int place, Measurements measured, double each) => new(
        name,
        ColourOf(place),
        [.. measured.QuantilesByBucket(buckets.Count, each)[0].Select(nanos => nanos / 1e6)],
        Figures.Duration(measured.Quantile(each)));

    private double[] Times() => [.. Enumerable.Range(0, buckets.Count).Select(bucket => buckets.Start(bucket) / 1e6)];
}
