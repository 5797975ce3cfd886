using Gander.Sessions;
using Gander.Telemetry;

namespace Gander.Web.Summary;

/// <summary>What the overview shows of the sessions in a range. A session that runs over the edge of the range counts in full.</summary>
public sealed class OverviewFigures
{
    private const int MaxBuckets = 96;
    private const long Second = 1_000_000_000;

    // Bars begin at times of day that people name.
    private static readonly long[] Steps =
        [Second, 5 * Second, 15 * Second, 30 * Second, 60 * Second, 300 * Second, 900 * Second, 1_800 * Second, 3_600 * Second, 10_800 * Second, 21_600 * Second, 43_200 * Second, 86_400 * Second, 604_800 * Second];

    private readonly IReadOnlyList<SessionSummary> _sessions;
    private readonly long _firstNanos;
    private readonly long _stepNanos;
    private readonly int _buckets;

    /// <summary>Adds up some sessions.</summary>
    /// <param name="sessions">The sessions, latest start first.</param>
    /// <param name="range">The range of the charts.</param>
    public OverviewFigures(IReadOnlyList<SessionSummary> sessions, TimeRange range)
    {
        _sessions = sessions;
        var length = range.EndNanos - range.StartNanos;
        _stepNanos = Steps.FirstOrDefault(step => length / step < MaxBuckets, Math.Max(Steps[^1], length / MaxBuckets));
        _firstNanos = range.StartNanos / _stepNanos * _stepNanos;
        _buckets = (int)Math.Min(MaxBuckets + 1, ((range.EndNanos - _firstNanos - 1) / _stepNanos) + 1);
        Tokens = sessions.Aggregate(default(TokenUsage), (sum, session) => sum + session.Tokens);
        FailingTools =
        [
            .. sessions.SelectMany(session => session.Tools).GroupBy(tool => tool.Name, StringComparer.Ordinal)
                .Select(group => new ToolUse(group.Key, group.Sum(tool => tool.Calls), group.Sum(tool => tool.Failures)))
                .Where(tool => tool.Failures > 0)
                .OrderByDescending(tool => tool.Failures).ThenBy(tool => tool.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>Sessions.</summary>
    public int Sessions => _sessions.Count;

    /// <summary>Sessions that run.</summary>
    public int Running => Count(SessionStatus.Running);

    /// <summary>Sessions that failed.</summary>
    public int Failed => Count(SessionStatus.Error);

    /// <summary>Tokens of all sessions; subagents are sessions of their own and counted once.</summary>
    public TokenUsage Tokens { get; }

    /// <summary>Model calls.</summary>
    public long ModelCalls => _sessions.Sum(session => (long)session.ModelCalls);

    /// <summary>Model calls that failed.</summary>
    public long ModelErrors => _sessions.Sum(session => (long)session.ModelErrors);

    /// <summary>Tool calls.</summary>
    public long ToolCalls => _sessions.Sum(session => (long)session.ToolCalls);

    /// <summary>Tool calls known to have failed.</summary>
    public long ToolFailures => _sessions.Sum(session => (long)session.ToolFailures);

    /// <summary>Sessions whose telemetry does not show every failure of a tool.</summary>
    public int FailuresUnknown => _sessions.Count(session => session.ToolCalls > 0 && !session.ToolFailuresKnown);

    /// <summary>US dollars of the priced sessions, or null when none is priced.</summary>
    public decimal? CostUsd => _sessions.Any(session => session.CostUsd is not null) ? _sessions.Sum(session => session.CostUsd ?? 0) : null;

    /// <summary>Sessions without a price.</summary>
    public int Unpriced => _sessions.Count(session => session.CostUsd is null);

    /// <summary>Tools with failures, most failures first.</summary>
    public IReadOnlyList<ToolUse> FailingTools { get; }

    /// <summary>Tokens over time, a series an agent; those beyond the tenth together.</summary>
    public ChartData TokensByAgent() => Chart(session => session.Agent, session => session.Tokens.Total);

    /// <summary>Calls over time: of models, of tools, and those of both that failed.</summary>
    public ChartData Calls()
    {
        var models = Spread(session => session.ModelCalls - session.ModelErrors);
        var tools = Spread(session => session.ToolCalls - session.ToolFailures);
        var failed = Spread(session => session.ModelErrors + session.ToolFailures);
        return new(Starts(), [ChartSeries.Of("model calls", "s1", models), ChartSeries.Of("tool calls", "s3", tools), ChartSeries.Of("failed", "error", failed)]);
    }

    private ChartData Chart(Func<SessionSummary, string> key, Func<SessionSummary, double> value)
    {
        var groups = _sessions.GroupBy(key, StringComparer.Ordinal).OrderByDescending(group => group.Sum(value)).ToList();
        var series = groups.Take(ChartData.MaxSeries).Select(group => ChartSeries.Of(group.Key, AgentColour.Of(group.Key).Replace("c-", "s", StringComparison.Ordinal), Spread(value, group))).ToList();
        if (groups.Count > ChartData.MaxSeries)
        {
            series.Add(ChartSeries.Of("others", "text-faint", Spread(value, groups.Skip(ChartData.MaxSeries).SelectMany(group => group))));
        }

        return new(Starts(), series);
    }

    private int Count(SessionStatus status) => _sessions.Count(session => session.Status == status);

    private double[] Starts() => [.. Enumerable.Range(0, _buckets).Select(index => (_firstNanos + (index * _stepNanos)) / 1e6)];

    // What is known of a session as a whole is spread evenly over the time it took.
    private double[] Spread(Func<SessionSummary, double> value, IEnumerable<SessionSummary>? of = null)
    {
        var sums = new double[_buckets];
        foreach (var session in of ?? _sessions)
        {
            var start = (session.StartNanos - _firstNanos) / (double)_stepNanos;
            var end = Math.Max(start + 1e-6, (session.EndNanos - _firstNanos) / (double)_stepNanos);
            for (var bucket = Math.Max(0, (int)start); bucket <= Math.Min(_buckets - 1, (int)end); bucket++)
            {
                var share = (Math.Min(end, bucket + 1) - Math.Max(start, bucket)) / (end - start);
                sums[bucket] += value(session) * Math.Max(0, share);
            }
        }

        return sums;
    }
}
