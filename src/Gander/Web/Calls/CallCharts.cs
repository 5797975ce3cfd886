using Gander.Api.Calls;
using Gander.Web.Summary;

namespace Gander.Web.Calls;

/// <summary>Charts over calls: a series for each of the first lines; of lengths of one line alone its quantiles.</summary>
/// <typeparam name="TLine">What is gathered of each line.</typeparam>
/// <param name="figures">The figures.</param>
/// <param name="lines">Their lines in the order of the page.</param>
/// <param name="quantile">The quantile of the charts of lengths, above 0 and below 1.</param>
internal sealed class CallCharts<TLine>(CallFigures<TLine> figures, IReadOnlyList<TLine> lines, double quantile)
    where TLine : CallLine
{
    private static readonly double[] QuantilesOfOne = [0.99, 0.95, 0.5];

    private readonly List<TLine> _shown = [.. lines.Take(ChartData.MaxSeries)];

    private bool HasOthers => lines.Count > _shown.Count || figures.IsCut;

    /// <summary>Calls, and of all lines together those that failed.</summary>
    public ChartData Calls()
    {
        var series = Each(line => line.CallSeries.Zip(line.ErrorSeries, (calls, errors) => (double)(calls - errors)));
        series.Add(ChartSeries.Of("failed", "error", figures.All.ErrorSeries.Select(count => (double)count)));
        return new ChartData(Times(), series);
    }

    /// <summary>Something that adds up, by bucket of each line.</summary>
    public ChartData Sums(Func<TLine, IReadOnlyList<long>> sums) => new(Times(), Each(line => sums(line).Select(sum => (double)sum)));

    /// <summary>Lengths of each line.</summary>
    public ChartData Lengths(Func<TLine, Measurements> measured) => lines.Count == 1 && !figures.IsCut
        ? new(Times(), [.. QuantilesOfOne.Select((each, place) => Series($"p{each * 100:0}", place, measured(lines[0]), each))], "lines", "ms")
        : new(Times(), [.. Measured(measured).Select(entry => Series(NameOf(entry.Line.Key), entry.Place, measured(entry.Line), quantile))], "lines", "ms");

    // Lines that were never measured leave their places, and so their colours, to later ones that were.
    private IEnumerable<(TLine Line, int Place)> Measured(Func<TLine, Measurements> measured)
    {
        var known = lines.Select((line, place) => (line, place)).Where(entry => measured(entry.line).Count > 0).Take(ChartData.MaxSeries).ToList();
        var free = new Queue<int>(Enumerable.Range(0, ChartData.MaxSeries).Except(known.Select(entry => entry.place)));
        return known.Select(entry => (entry.line, entry.place < ChartData.MaxSeries ? entry.place : free.Dequeue()));
    }

    private static string ColourOf(int place) => $"s{place + 1}";

    private static string NameOf(in CallKey key) => string.Join(
        " · ", new[] { key.Name ?? (key.Origin?.Length == 0 ? "built in" : key.Origin), key.Agent, key.User }.OfType<string>().Select(part => part.Length > 0 ? part : "unknown"));

    // What has no series of its own is the whole without what has one.
    private List<ChartSeries> Each(Func<TLine, IEnumerable<double>> values)
    {
        var series = _shown.Select((line, place) => ChartSeries.Of(NameOf(line.Key), ColourOf(place), values(line))).ToList();
        if (HasOthers)
        {
            var rest = values(figures.All).ToArray();
            foreach (var one in series)
            {
                for (var bucket = 0; bucket < rest.Length; bucket++)
                {
                    rest[bucket] -= one.Values[bucket] ?? 0;
                }
            }

            series.Add(ChartSeries.Of("others", "text-faint", rest));
        }

        return series;
    }

    private ChartSeries Series(string name, int place, Measurements measured, double each) => new(
        name,
        ColourOf(place),
        [.. measured.QuantilesByBucket(figures.Buckets.Count, each)[0].Select(nanos => nanos / 1e6)],
        Figures.Duration(measured.Quantile(each)));

    private double[] Times() => [.. Enumerable.Range(0, figures.Buckets.Count).Select(bucket => figures.Buckets.Start(bucket) / 1e6)];
}
