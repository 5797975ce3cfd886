using Gander.Api.Calls;
using Gander.Api.Models;
using Gander.Web.Summary;

namespace Gander.Web.Models;

/// <summary>The charts of the page of models: one series a line, the lines with most calls; of one line alone its quantiles.</summary>
/// <param name="figures">The figures.</param>
/// <param name="quantile">The quantile of the charts of lengths, above 0 and below 1.</param>
internal sealed class ModelCharts(ModelFigures figures, double quantile)
{
    private static readonly double[] QuantilesOfOne = [0.99, 0.95, 0.5];

    private readonly List<ModelLine> _lines = [.. figures.Lines.Take(ChartData.MaxSeries)];

    /// <summary>From the request to the last byte.</summary>
    public ChartData Durations() => Lengths(line => line.Durations);

    /// <summary>From the request to the first byte.</summary>
    public ChartData FirstBytes() => Lengths(line => line.FirstBytes);

    /// <summary>Calls, and of all lines together those that failed.</summary>
    public ChartData Calls()
    {
        var series = _lines.Select((line, place) => ChartSeries.Of(NameOf(line), ColourOf(place), line.CallSeries.Zip(line.ErrorSeries, (calls, errors) => (double)(calls - errors)))).ToList();
        series.Add(ChartSeries.Of("failed", "error", figures.All.ErrorSeries.Select(count => (double)count)));
        return new ChartData(Times(), series);
    }

    /// <summary>Output tokens.</summary>
    public ChartData Output() =>
        new(Times(), [.. _lines.Select((line, place) => ChartSeries.Of(NameOf(line), ColourOf(place), line.OutputSeries.Select(count => (double)count)))]);

    /// <summary>What a line is called.</summary>
    public static string NameOf(ModelLine line) =>
        string.Join(" · ", new[] { line.Key.Name, line.Key.Agent, line.Key.User }.OfType<string>().Select(part => part.Length > 0 ? part : "unknown"));

    /// <summary>The colour of the line at a place, for chart and table alike; none for those without a series.</summary>
    public static string ColourOf(int place) => place < ChartData.MaxSeries ? $"s{place + 1}" : "text-faint";

    private ChartData Lengths(Func<ModelLine, Measurements> measured) => _lines.Count == 1
        ? new(Times(), [.. QuantilesOfOne.Select((each, place) => Series($"p{each * 100:0}", place, measured(_lines[0]), each))], "lines", "ms")
        : new(Times(), [.. _lines.Select((line, place) => (line, place)).Where(entry => measured(entry.line).Count > 0).Select(entry => Series(NameOf(entry.line), entry.place, measured(entry.line), quantile))], "lines", "ms");

    private ChartSeries Series(string name, int place, Measurements measured, double each) => new(
        name,
        ColourOf(place),
        [.. measured.QuantilesByBucket(figures.Buckets.Count, each)[0].Select(nanos => nanos / 1e6)],
        Figures.Duration(measured.Quantile(each)));

    private double[] Times() => [.. Enumerable.Range(0, figures.Buckets.Count).Select(bucket => figures.Buckets.Start(bucket) / 1e6)];
}
