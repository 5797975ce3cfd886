namespace Gander.Sessions;

/// <summary>Adds up what steps show, for turns and sessions alike. Pure.</summary>
internal static class SessionSums
{
    /// <summary>The turn with the sums of its steps.</summary>
    public static Turn Complete(Turn turn)
    {
        var tokens = default(TokenUsage);
        var sources = default(FigureSources);
        foreach (var step in turn.Steps)
        {
            tokens += step.Tokens.GetValueOrDefault();
            sources += step.Sources;
        }

        return turn with
        {
            Tokens = tokens,
            ReportedCostUsd = Cost(turn.Steps),
            WaitNanos = Wait(turn.Steps),
            Sources = turn.Sources with
            {
                Tokens = sources.Tokens,
                Cost = sources.Cost,
                Duration = turn.Sources.Duration == FigureSource.Unknown ? FigureSource.Derived : turn.Sources.Duration,
                Outcome = turn.Sources.Outcome == FigureSource.Unknown ? sources.Outcome : turn.Sources.Outcome,
            },
        };
    }

    /// <summary>Whether a tool call failed or was refused.</summary>
    public static bool HasFailed(Step step) => step.Status is StepStatus.Error or StepStatus.Denied;

    /// <summary>What the agent says the steps cost, US dollars; null when it says nothing.</summary>
    public static decimal? Cost(IEnumerable<Step> steps) =>
        steps.Aggregate((decimal?)null, static (sum, step) => step.ReportedCostUsd is { } cost ? sum.GetValueOrDefault() + cost : sum);

    /// <summary>Time spent waiting for a person, nanoseconds; null when no step tells.</summary>
    public static long? Wait(IEnumerable<Step> steps) =>
        steps.Aggregate((long?)null, static (sum, step) => step.WaitNanos is { } wait ? sum.GetValueOrDefault() + wait : sum);

    /// <summary>What the steps did to code.</summary>
    public static CodeChanges Changes(IEnumerable<Step> steps) =>
        steps.Aggregate(default(CodeChanges), static (sum, step) => sum + step.Changes);

    /// <summary>Where the figures of the turns come from.</summary>
    public static FigureSources Sources(IEnumerable<Turn> turns) =>
        turns.Aggregate(default(FigureSources), static (sum, turn) => sum + turn.Sources);

    /// <summary>Calls, tokens and cost by model and provider, in order of first use.</summary>
    public static IReadOnlyList<ModelUse> ModelUses(IEnumerable<Step> models) =>
        [.. models.GroupBy(step => (step.Name, step.Provider)).Select(group => new ModelUse(
            group.Key.Name,
            group.Key.Provider,
            group.Count(),
            group.Count(step => step.Status == StepStatus.Error),
            group.Aggregate(default(TokenUsage), static (sum, step) => sum + step.Tokens.GetValueOrDefault()),
            Cost(group)))];

    /// <summary>Calls and failures by tool, by name and then by MCP server.</summary>
    public static IReadOnlyList<ToolUse> ToolUses(IEnumerable<Step> tools) =>
        [.. tools.GroupBy(step => (step.Name, step.McpServer))
            .OrderBy(group => group.Key.Name, StringComparer.Ordinal)
            .ThenBy(group => group.Key.McpServer, StringComparer.Ordinal)
            .Select(group => new ToolUse(group.Key.Name, group.Count(), group.Count(HasFailed))
            {
                Denials = group.Count(step => step.Status == StepStatus.Denied),
                McpServer = group.Key.McpServer,
            })];
}
