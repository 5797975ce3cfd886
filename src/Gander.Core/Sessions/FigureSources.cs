namespace Gander.Sessions;

/// <summary>Where the figures of a step, a turn or a session come from: of several sources the one that won.</summary>
/// <param name="Tokens">Of its tokens.</param>
/// <param name="Cost">Of the cost that the agent reported, never of a price we put on it.</param>
/// <param name="Duration">Of its length.</param>
/// <param name="Outcome">Of how it ended.</param>
public readonly record struct FigureSources(FigureSource Tokens, FigureSource Cost, FigureSource Duration, FigureSource Outcome)
{
    /// <summary>Those of a step that spans alone show.</summary>
    /// <param name="hasTokens">Whether they show its tokens.</param>
    /// <param name="status">How it ended, as far as they show.</param>
    public static FigureSources OfSpans(bool hasTokens, StepStatus status) => new(
        hasTokens ? FigureSource.Span : FigureSource.Unknown,
        FigureSource.Unknown,
        FigureSource.Unknown,
        status == StepStatus.Unknown ? FigureSource.Unknown : FigureSource.Span);

    /// <summary>The sources of a sum: parts without a figure do not count, and parts of different sources are mixed.</summary>
    public static FigureSources operator +(FigureSources left, FigureSources right) => new(
        Both(left.Tokens, right.Tokens),
        Both(left.Cost, right.Cost),
        Both(left.Duration, right.Duration),
        Both(left.Outcome, right.Outcome));

    private static FigureSource Both(FigureSource left, FigureSource right) =>
        left == FigureSource.Unknown ? right : right == FigureSource.Unknown || left == right ? left : FigureSource.Mixed;
}
