namespace Gander.Sessions;

/// <summary>Adds up what the steps of a turn show. Pure.</summary>
internal static class SessionSums
{
    /// <summary>The turn with the sums of its steps.</summary>
    public static Turn Complete(Turn turn)
    {
        var tokens = default(TokenUsage);
        var sources = default(FigureSources);
        var (cost, wait) = ((decimal?)null, (long?)null);
        foreach (var step in turn.Steps)
        {
            tokens += step.Tokens.GetValueOrDefault();
            sources += step.Sources;
            cost = step.ReportedCostUsd is { } reported ? cost.GetValueOrDefault() + reported : cost;
            wait = step.WaitNanos is { } waited ? wait.GetValueOrDefault() + waited : wait;
        }

        return turn with
        {
            Tokens = tokens,
            ReportedCostUsd = cost,
            WaitNanos = wait,
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
}
