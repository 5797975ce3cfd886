using System.Globalization;
using Gander.Sessions.Agents;
using Gander.Sessions.Facts;

namespace Gander.Sessions.Calls;

/// <summary>
/// Sets what metrics count beside what log records and spans show. Metrics never add to a figure that the others have: they
/// fill in what is absent, and tell where the two disagree.
/// </summary>
internal static class SessionMetrics
{
    // What agents lose when they add up doubles and round them for a record.
    private const decimal CostRounding = 0.000_001m;

    private const long Second = 1_000_000_000;

    /// <summary>The summary completed with the metrics of the session.</summary>
    public static SessionSummary Complete(SessionSummary summary, CallDialect dialect, SessionEvidence evidence)
    {
        var sums = new PointSums(evidence.Points);
        summary = summary with
        {
            Changes = Changes(summary.Changes, sums, dialect, evidence.Points.Count > 0),
            ActiveUserNanos = sums.Whole(PointFactKind.UserSeconds, scale: Second),
            ActiveAgentNanos = sums.Whole(PointFactKind.AgentSeconds, scale: Second),
        };
        var (tokens, cost) = (sums.Tokens(dialect.Counting), sums.Of(PointFactKind.Cost));
        if (summary.ModelCalls == 0)
        {
            return tokens is null && cost is null ? summary : FromMetricsAlone(summary, dialect, sums, tokens, cost);
        }

        // Metrics come up to a minute after the calls they count.
        return evidence.IsSilent ? summary with { Differences = [.. Differences(summary, tokens, cost)] } : summary;
    }

    /// <summary>Tokens that metrics count and no log record or span explains.</summary>
    public static MissingPart? Unexplained(SessionSummary summary)
    {
        var lacking = summary.Differences.Where(difference => difference.Other == FigureSource.Metric
            && difference.Figure.EndsWith("tokens", StringComparison.Ordinal) && difference.OtherValue > difference.KeptValue).ToList();
        return lacking.Count == 0 ? null : new MissingPart(
            "model calls",
            $"metrics count {string.Join(", ", lacking.Select(difference => string.Create(CultureInfo.InvariantCulture, $"{difference.OtherValue - difference.KeptValue} {difference.Figure}")))} that no log record or span explains",
            null);
    }

    private static CodeChanges Changes(CodeChanges told, PointSums sums, CallDialect dialect, bool hasMetrics)
    {
        long? none = dialect.CountsChanges && hasMetrics ? 0 : null;
        return new CodeChanges(
            sums.Whole(PointFactKind.LinesAdded) ?? told.LinesAdded ?? none,
            sums.Whole(PointFactKind.LinesRemoved) ?? told.LinesRemoved ?? none,
            sums.Whole(PointFactKind.Commits) ?? told.Commits ?? none,
            sums.Whole(PointFactKind.PullRequests) ?? told.PullRequests ?? none);
    }

    private static SessionSummary FromMetricsAlone(SessionSummary summary, CallDialect dialect, PointSums sums, TokenUsage? tokens, decimal? cost) => summary with
    {
        Tokens = tokens.GetValueOrDefault(),
        TokensProvenance = tokens is null ? "unknown" : "reported",
        ReportedCostUsd = cost,
        Models = [.. sums.Models],
        ModelUses = [.. sums.Models.Select(model => new ModelUse(
            model, null, 0, 0, sums.Tokens(dialect.Counting, model).GetValueOrDefault(), sums.Of(PointFactKind.Cost, model)))],
        Sources = summary.Sources with
        {
            Tokens = tokens is null ? FigureSource.Unknown : FigureSource.Metric,
            Cost = cost is null ? FigureSource.Unknown : FigureSource.Metric,
        },
    };

    private static IEnumerable<SourceDifference> Differences(SessionSummary summary, TokenUsage? tokens, decimal? cost)
    {
        if (tokens is { } counted)
        {
            var shown = summary.Tokens;
            (string Figure, long Shown, long Counted)[] kinds = [
                ("input tokens", shown.Input, counted.Input),
                ("output tokens", shown.Output, counted.Output),
                ("cache read tokens", shown.CacheRead, counted.CacheRead),
                ("cache write tokens", shown.CacheWrite, counted.CacheWrite)];
            foreach (var (figure, kept, other) in kinds.Where(kind => kind.Shown != kind.Counted))
            {
                yield return new SourceDifference(figure, summary.Sources.Tokens, kept, FigureSource.Metric, other);
            }
        }

        if (cost is { } paid && summary.ReportedCostUsd is { } reported && Math.Abs(paid - reported) > CostRounding)
        {
            yield return new SourceDifference("cost", summary.Sources.Cost, reported, FigureSource.Metric, paid);
        }
    }
}
