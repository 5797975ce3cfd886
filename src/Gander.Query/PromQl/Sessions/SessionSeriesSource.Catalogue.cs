using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;

namespace Gander.Query.PromQl.Sessions;

/// <content>What there is, for people and editors. Questions without an end are answered from the last month.</content>
public sealed partial class SessionSeriesSource
{
    private const long DayMillis = 86_400_000;
    private const int LookbackDays = 31;

    private static readonly TimeSpan CountEvery = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private (DateTimeOffset At, Task<Dictionary<string, int>> Counts)? _counted;

    /// <summary>The label sets of the series that match, in no order; when there are as many as <paramref name="limit"/>, not all.</summary>
    public async ValueTask<IReadOnlyCollection<Labels>> FindAsync(
        IReadOnlyList<LabelMatcher> matchers, long firstMillis, long lastMillis, int limit, CancellationToken cancellationToken)
    {
        var (first, last) = Bounded(firstMillis, lastMillis);
        var found = new HashSet<Labels>();

        // The last day first: whoever asks whether there is anything need not wait for a month.
        foreach (var from in new[] { Math.Max(first, last - DayMillis), first }.Distinct())
        {
            var selected = new Selected(SelectedMetric.Of(matchers, null), AgentOf(matchers));
            var set = await SelectAsync(selected, from, from, last, cancellationToken).ConfigureAwait(false);
            found.UnionWith(set.Series);
            if (found.Count >= limit)
            {
                break;
            }
        }

        return found;
    }

    /// <summary>The names of the labels of the series that match, in no order.</summary>
    public static IReadOnlyCollection<string> ListLabelNames(IReadOnlyList<LabelMatcher> matchers)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var metric in SelectedMetric.Of(matchers, null))
        {
            names.UnionWith([Labels.MetricName, .. SessionMetrics.SessionLabels, .. metric.Metric.Labels]);
            if (metric.HasBuckets)
            {
                names.Add(SessionMetrics.BoundLabel);
            }
        }

        return names;
    }

    /// <summary>The values that a label has among the series that match, in no order.</summary>
    public async ValueTask<IReadOnlyCollection<string>> ListLabelValuesAsync(
        string label, IReadOnlyList<LabelMatcher> matchers, long firstMillis, long lastMillis, CancellationToken cancellationToken)
    {
        if (label == Labels.MetricName && matchers.All(matcher => matcher.Label == Labels.MetricName))
        {
            return [.. SessionMetrics.SeriesNames.Where(name => matchers.All(matcher => matcher.Matches(name)))];
        }

        var (first, last) = Bounded(firstMillis, lastMillis);
        var metrics = SelectedMetric.Of(matchers, [label, Labels.MetricName]).FindAll(metric => SessionMetrics.Has(metric.Metric, label));
        if (matchers.Count == 0)
        {
            // One that counts all there is will do, the one that is read fastest; not all calls have a length.
            metrics =
            [
                .. metrics.OrderBy(metric => metric.Metric.Type == "histogram").ThenBy(metric => metric.Metric.Usage != Gander.Sessions.Usage.UsageFigure.None)
                    .ThenBy(metric => metric.Metric.ReadsCalls).ThenBy(metric => metric.Metric.Type != "gauge").Take(1),
            ];
        }

        var set = await SelectAsync(new Selected(metrics, AgentOf(matchers)), first, first, last, cancellationToken).ConfigureAwait(false);
        return set.Series.Select(labels => labels[label]).Where(value => value.Length > 0).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>What metrics there are, with as many series as the last day has. Series are counted anew when the last count is a minute old.</summary>
    public async ValueTask<IReadOnlyList<MetricFacts>> ListMetricsAsync(string? name, CancellationToken cancellationToken)
    {
        var metrics = SessionMetrics.All.Where(metric => name is null || metric.Name == name).ToList();
        if (metrics.Count == 0)
        {
            return [];
        }

        Task<Dictionary<string, int>> counts;
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (_counted is not { } last || now - last.At >= CountEvery || last.Counts.IsFaulted)
            {
                // Not under one reader's token: all that ask within the minute share it.
                _counted = (now, CountAsync());
            }

            counts = _counted.Value.Counts;
        }

        var counted = await counts.WaitAsync(cancellationToken).ConfigureAwait(false);
        return metrics.ConvertAll(metric => new MetricFacts(metric.Name, metric.Type, metric.Help, metric.Unit, counted.GetValueOrDefault(metric.Name)));
    }

    private async Task<Dictionary<string, int>> CountAsync()
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var set = await SelectAsync(new Selected(SelectedMetric.Of([], null), null), now - DayMillis, now - DayMillis, now, CancellationToken.None).ConfigureAwait(false);
        foreach (var metric in set.Metrics)
        {
            counts[metric.Name] = counts.GetValueOrDefault(metric.Name) + 1;
        }

        return counts;
    }

    private (long First, long Last) Bounded(long firstMillis, long lastMillis)
    {
        var last = Math.Min(lastMillis, time.GetUtcNow().ToUnixTimeMilliseconds() + DayMillis);
        return (Math.Max(firstMillis, last - (LookbackDays * DayMillis)), last);
    }
}
