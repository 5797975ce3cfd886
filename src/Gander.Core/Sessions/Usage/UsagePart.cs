namespace Gander.Sessions.Usage;

/// <summary>A row of usage while it is added up.</summary>
internal sealed class UsagePart(UsagePart.Place place)
{
    /// <summary>What tells rows of one session apart.</summary>
    public readonly record struct Place(long StartNanos, string Model, string Provider, string Tool, byte Band, bool IsReported, bool IsPriced);

    /// <summary>What tells it apart from other rows.</summary>
    public Place Key { get; set; } = place;

    /// <summary>Tokens.</summary>
    public TokenUsage Tokens { get; set; }

    /// <summary>What the agent reported, pico-dollars.</summary>
    public long ReportedPicos { get; set; }

    /// <summary>Its price, pico-dollars.</summary>
    public long PricedPicos { get; set; }

    /// <summary>Calls of the model.</summary>
    public int ModelCalls { get; set; }

    /// <summary>Those that failed.</summary>
    public int ModelErrors { get; set; }

    /// <summary>Calls of the tool.</summary>
    public int ToolCalls { get; set; }

    /// <summary>Those known to have failed.</summary>
    public int ToolFailures { get; set; }

    /// <summary>Turns that began.</summary>
    public int Turns { get; set; }

    /// <summary>What was done to code.</summary>
    public CodeChanges Changes { get; set; }

    /// <summary>The row.</summary>
    public UsageRow Row => new()
    {
        StartNanos = Key.StartNanos,
        Model = Key.Model,
        Provider = Key.Provider,
        Tool = Key.Tool,
        Band = Key.Band,
        IsReported = Key.IsReported,
        IsPriced = Key.IsPriced,
        Tokens = Tokens,
        ReportedPicos = ReportedPicos,
        PricedPicos = PricedPicos,
        ModelCalls = ModelCalls,
        ModelErrors = ModelErrors,
        ToolCalls = ToolCalls,
        ToolFailures = ToolFailures,
        Turns = Turns,
        LinesAdded = Changes.LinesAdded.GetValueOrDefault(),
        LinesRemoved = Changes.LinesRemoved.GetValueOrDefault(),
        Commits = Changes.Commits.GetValueOrDefault(),
        PullRequests = Changes.PullRequests.GetValueOrDefault(),
    };
}
