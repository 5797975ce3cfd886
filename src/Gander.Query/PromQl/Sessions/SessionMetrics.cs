using System.Collections.Frozen;
using Gander.Query.PromQl.Series;
using Gander.Sessions.Usage;

namespace Gander.Query.PromQl.Sessions;

/// <summary>The metrics made of sessions. <c>docs/derived-metrics.md</c> says what each counts.</summary>
public static class SessionMetrics
{
    /// <summary>Amounts of time are microseconds.</summary>
    public const long Second = 1_000_000;

    private const double Picos = 1e12;

    private static readonly long[] CallBounds = Bounds(0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 120, 300, 600);
    private static readonly long[] ToolBounds = Bounds(0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800);
    private static readonly long[] SessionBounds = Bounds(10, 30, 60, 300, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400);

    /// <summary>The labels that a session gives to all that is counted of it.</summary>
    public static IReadOnlyList<string> SessionLabels { get; } = ["agent", "user", "team", "repository", "project"];

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<SessionMetric> All { get; } = [.. new[]
    {
        new SessionMetric(SessionFigure.Sessions, "gander_sessions_total", "counter", "", "Sessions, by how they stand; each counts when it began", "status"),
        Times(new SessionMetric(SessionFigure.SessionDuration, "gander_session_duration_seconds", "histogram", "seconds", "Length of sessions that no longer run; each counts when it began", "status"), SessionBounds) with { ReadsCalls = false },
        new SessionMetric(SessionFigure.ActiveSessions, "gander_sessions_active", "gauge", "", "Sessions between their first and their last sign of life"),
        OfUsage(new SessionMetric(SessionFigure.Turns, "gander_turns_total", "counter", "", "Turns, by the model each called first", "model", "provider"), UsageFigure.Turns),
        OfCalls(new SessionMetric(SessionFigure.ModelCalls, "gander_model_calls_total", "counter", "", "Calls of models, by how they ended", "model", "provider", "outcome")),
        Times(new SessionMetric(SessionFigure.ModelCallDuration, "gander_model_call_duration_seconds", "histogram", "seconds", "Length of the calls of models that were answered", "model", "provider"), CallBounds),
        Times(new SessionMetric(SessionFigure.FirstByte, "gander_model_first_byte_seconds", "histogram", "seconds", "Time to the first byte of the calls of models that were answered", "model", "provider"), CallBounds),
        OfUsage(
            new SessionMetric(SessionFigure.Tokens, "gander_tokens_total", "counter", "", "Tokens; the kinds exclude each other and add up to the whole", "model", "provider", "kind"),
            UsageFigure.InputTokens | UsageFigure.CacheReadTokens | UsageFigure.CacheWriteTokens | UsageFigure.OutputTokens | UsageFigure.ReasoningTokens),
        OfUsage(
            new SessionMetric(SessionFigure.Cost, "gander_cost_usd_total", "counter", "", "US dollars: what agents reported, and the price where they reported nothing", "model", "provider", "provenance") { Divisor = Picos },
            UsageFigure.ReportedPicos | UsageFigure.PricedPicos),
        OfUsage(new SessionMetric(SessionFigure.UnpricedTokens, "gander_unpriced_tokens_total", "counter", "", "Tokens whose cost is not known: neither reported nor priced", "model", "provider"), UsageFigure.UnpricedTokens),
        OfCalls(new SessionMetric(SessionFigure.ToolCalls, "gander_tool_calls_total", "counter", "", "Calls of tools, by how they ended", "tool", "server", "outcome")),
        Times(new SessionMetric(SessionFigure.ToolCallDuration, "gander_tool_call_duration_seconds", "histogram", "seconds", "Length of the calls of tools that ran to their end, without waiting for a person", "tool", "server"), ToolBounds),
        OfCalls(new SessionMetric(SessionFigure.ToolWait, "gander_tool_wait_seconds_total", "counter", "seconds", "Time spent waiting for a person's decision about calls of tools", "tool", "server") { Divisor = Second }),
        OfUsage(new SessionMetric(SessionFigure.Lines, "gander_lines_of_code_total", "counter", "", "Lines of code added and removed, as far as agents say", "type"), UsageFigure.LinesAdded | UsageFigure.LinesRemoved),
        OfUsage(new SessionMetric(SessionFigure.Commits, "gander_commits_total", "counter", "", "Commits, as far as agents say"), UsageFigure.Commits),
        OfUsage(new SessionMetric(SessionFigure.PullRequests, "gander_pull_requests_total", "counter", "", "Pull requests, as far as agents say"), UsageFigure.PullRequests),
    }.OrderBy(metric => metric.Name, StringComparer.Ordinal)];

    /// <summary>The names of all series.</summary>
    public static FrozenSet<string> SeriesNames { get; } = All.SelectMany(metric => metric.Series).Select(series => series.Name).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The label of a histogram's bounds.</summary>
    public static string BoundLabel => "le";

    /// <summary>What the bound label says of an amount.</summary>
    public static string BoundText(long amount) => PromQlNumber.Format(amount / (double)Second);

    /// <summary>Whether a metric has a label.</summary>
    public static bool Has(SessionMetric metric, string label)
    {
        ArgumentNullException.ThrowIfNull(metric);
        return label == Labels.MetricName || SessionLabels.Contains(label) || metric.Labels.Contains(label) || (label == BoundLabel && metric.Type == "histogram");
    }

    private static SessionMetric OfCalls(SessionMetric metric) => metric with { ReadsCalls = true };

    private static SessionMetric OfUsage(SessionMetric metric, UsageFigure figures) => metric with { ReadsCalls = true, Usage = figures };

    private static SessionMetric Times(SessionMetric metric, long[] bounds) => metric with { ReadsCalls = true, Bounds = bounds, Divisor = Second };

    private static long[] Bounds(params ReadOnlySpan<double> seconds)
    {
        var bounds = new long[seconds.Length];
        for (var i = 0; i < bounds.Length; i++)
        {
            bounds[i] = (long)(seconds[i] * Second);
        }

        return bounds;
    }
}
