using System.Globalization;
using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;
using Gander.Query.Shared;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>Which info series hold for which job and instance at which steps.</summary>
internal sealed class InfoVariants
{
    /// <summary>More values than this of an identifying label are not asked for by name.</summary>
    public const int MaxIdentities = 1_000;

    private static readonly LabelSelection s_identity = LabelSelection.Keeping(["instance", "job"]);

    private readonly Dictionary<Labels, List<InfoVariant>> _variants = new(s_identity);
    private readonly List<InfoVariant> _none;
    private readonly int _steps;
    private readonly TextPosition _position;

    private InfoVariants(int steps, TextPosition position)
    {
        (_steps, _position) = (steps, position);
        var none = new InfoVariant([], steps, position);
        for (var step = 0; step < steps; step++)
        {
            none.Mark(step);
        }

        _none = [none];
    }

    /// <summary>Reads the info series that match.</summary>
    /// <exception cref="QueryException">Series contradict each other or are histograms.</exception>
    public static async ValueTask<InfoVariants> ReadAsync(
        IReadOnlyList<LabelMatcher> matchers, ReferenceTimes references, EvaluationContext context, TextPosition position)
    {
        var query = context.Query;
        var set = await query.Source.SelectAsync(
            matchers, references[0] - query.Limits.LookbackMillis + 1, references[context.Steps - 1], query.CancellationToken).ConfigureAwait(false);
        var selected = new SelectedSamples(set, context);
        var times = await SeriesScan.ReadAllAsync(new SelectorOperator(selected, context, references, readsTimes: true), context).ConfigureAwait(false);
        var values = await SeriesScan.ReadAllAsync(new SelectorOperator(selected, context, references, readsTimes: false), context).ConfigureAwait(false);
        if (values.Any(block => block.HasHistograms))
        {
            throw new QueryException(QueryErrorKind.Execution, "info sample should be float", position);
        }

        var variants = new InfoVariants(context.Steps, position);
        foreach (var group in Enumerable.Range(0, set.Series.Count).GroupBy(i => set.Series[i], s_identity))
        {
            variants._variants.Add(group.Key, variants.Choose(group.GroupBy(i => set.Series[i][Labels.MetricName], StringComparer.Ordinal).Select(metric => metric.ToList()).ToList(), set.Series, times));
        }

        return variants;
    }

    /// <summary>The cases that occur for a series.</summary>
    public IReadOnlyList<InfoVariant> Of(Labels labels) => _variants.GetValueOrDefault(labels, _none);

    private List<InfoVariant> Choose(List<List<int>> metrics, IReadOnlyList<Labels> series, IReadOnlyList<StepBlock> times)
    {
        var found = new Dictionary<string, InfoVariant>(StringComparer.Ordinal);
        for (var step = 0; step < _steps; step++)
        {
            var chosen = metrics.Select(metric => Latest(metric, series, times, step)).Where(index => index >= 0).ToList();
            var key = string.Join(',', chosen);
            if (!found.TryGetValue(key, out var variant))
            {
                found.Add(key, variant = new InfoVariant([.. chosen.Select(index => series[index])], _steps, _position));
            }

            variant.Mark(step);
        }

        return [.. found.Values];
    }

    private int Latest(List<int> metric, IReadOnlyList<Labels> series, IReadOnlyList<StepBlock> times, int step)
    {
        var latest = -1;
        foreach (var index in metric.Where(index => times[index].Has(step)))
        {
            if (latest >= 0 && times[index].Values[step] == times[latest].Values[step])
            {
                var millis = (long)Math.Round(times[index].Values[step] * 1000);
                throw new QueryException(
                    QueryErrorKind.Execution,
                    string.Create(CultureInfo.InvariantCulture, $"found duplicate series for info metric: existing {series[latest]} @ {millis}, new {series[index]} @ {millis}"),
                    _position);
            }

            latest = latest < 0 || times[index].Values[step] > times[latest].Values[step] ? index : latest;
        }

        return latest;
    }
}
