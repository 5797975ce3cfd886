using Gander.Prices;
using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;
using Gander.Sessions.Usage;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Query.PromQl.Sessions;

/// <summary>
/// Metrics made of folded sessions when they are asked for, so that they always say what the sessions say: nothing is counted
/// twice, lost, or left as it was before a session was folded or priced again. Thread-safe.
/// </summary>
/// <param name="store">Where the sessions are.</param>
/// <param name="freshen">Waits a moment until what came in is folded.</param>
/// <param name="prices">The prices in use.</param>
/// <param name="people">Gives what finds the person behind an identity.</param>
/// <param name="time">The clock.</param>
/// <param name="options">Limits.</param>
public sealed partial class SessionSeriesSource(
    ISessionStore store, Func<CancellationToken, Task> freshen, PriceBook prices, Func<Func<UsageIdentity, UsagePerson>> people, TimeProvider time, SessionSeriesOptions options)
{
    private const long FarMillis = 9_000_000_000_000;
    private const long NanosPerMilli = 1_000_000;

    /// <summary>Whether a selector may find any of the metrics; without reading a session.</summary>
    public static bool MayMatch(IReadOnlyList<LabelMatcher> matchers) => SelectedMetric.Of(matchers, null).Count > 0;

    /// <summary>The series that match, for their samples: one a minute.</summary>
    /// <inheritdoc cref="ISeriesSource.SelectAsync"/>
    public async ValueTask<ISeriesSet> SelectAsync(IReadOnlyList<LabelMatcher> matchers, long firstMillis, long lastMillis, CancellationToken cancellationToken)
    {
        (firstMillis, lastMillis) = (Math.Max(firstMillis, -FarMillis), Math.Min(lastMillis, FarMillis));
        var selected = new Selected(SelectedMetric.Of(matchers, null), AgentOf(matchers));
        return await SelectAsync(selected, SessionSeriesSet.Midnight(firstMillis), firstMillis, lastMillis, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The counters that match, for their growth.</summary>
    /// <inheritdoc cref="ISeriesSource.SelectGrowthAsync"/>
    public async ValueTask<IGrowthSet> SelectGrowthAsync(
        IReadOnlyList<LabelMatcher> matchers, long firstMillis, long lastMillis, IReadOnlyCollection<string>? summedBy, CancellationToken cancellationToken)
    {
        (firstMillis, lastMillis) = (Math.Max(firstMillis, -FarMillis), Math.Min(lastMillis, FarMillis));
        var selected = new Selected(SelectedMetric.Of(matchers, summedBy).FindAll(metric => metric.Metric.Type != "gauge"), AgentOf(matchers));
        return await SelectAsync(selected, firstMillis - 1, firstMillis, lastMillis, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<SessionSeriesSet> SelectAsync(Selected selected, long beginMillis, long firstMillis, long lastMillis, CancellationToken cancellationToken)
    {
        var (metrics, agent) = selected;
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var collector = new ActivityCollector(metrics, beginMillis, lastMillis, now, prices.Current, people(), options.MaxEvents);
        if (metrics.Count > 0 && beginMillis < lastMillis)
        {
            await freshen(cancellationToken).ConfigureAwait(false);
            var query = new ActivityQuery(
                new TimeRange(beginMillis * NanosPerMilli, lastMillis * NanosPerMilli),
                Calls: metrics.Exists(metric => metric.Metric.ReadsCalls),
                Usage: metrics.Exists(metric => metric.Metric.Usage != UsageFigure.None),
                agent);
            await store.ReadActivityAsync(query, collector.Add, cancellationToken).ConfigureAwait(false);
        }

        var series = new List<SessionSeries>();
        foreach (var metric in metrics)
        {
            series.AddRange(metric.Finish(options.MaxSeries - series.Count));
        }

        return new SessionSeriesSet(series, collector.Events, firstMillis, lastMillis, Math.Max(now, collector.LastMillis + SessionSeriesSet.StepMillis));
    }

    // The sessions of other agents need not be read at all.
    private static string? AgentOf(IReadOnlyList<LabelMatcher> matchers) =>
        matchers.FirstOrDefault(matcher => matcher is { Label: "agent", Operator: MatchOperator.Equal, Value.Length: > 0 })?.Value;

    private readonly record struct Selected(List<SelectedMetric> Metrics, string? Agent);
}
