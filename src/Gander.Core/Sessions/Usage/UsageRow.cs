namespace Gander.Sessions.Usage;

/// <summary>
/// What a session used within one hour of one model and one tool. A session's rows add up to the session; so sums over
/// sessions need neither their steps nor the telemetry.
/// </summary>
public readonly record struct UsageRow
{
    /// <summary>Nanoseconds of an hour.</summary>
    public const long HourNanos = 3_600_000_000_000;

    /// <summary>The start of the hour in UTC, Unix nanoseconds.</summary>
    public required long StartNanos { get; init; }

    /// <summary>The model: the one that was called, or that asked for the tool; empty where none is known.</summary>
    public required string Model { get; init; }

    /// <summary>Its provider, or empty.</summary>
    public required string Provider { get; init; }

    /// <summary>The tool that was called; empty for what is not a call of a tool.</summary>
    public required string Tool { get; init; }

    /// <summary>The size of the calls' contexts (<see cref="Prices.ContextBand"/>).</summary>
    public byte Band { get; init; }

    /// <summary>Whether the agent reported what it cost.</summary>
    public bool IsReported { get; init; }

    /// <summary>Whether the table of prices has it.</summary>
    public bool IsPriced { get; init; }

    /// <summary>What the agent reported, pico-dollars.</summary>
    public long ReportedPicos { get; init; }

    /// <summary>Its price, pico-dollars.</summary>
    public long PricedPicos { get; init; }

    /// <summary>Tokens.</summary>
    public TokenUsage Tokens { get; init; }

    /// <summary>Calls of the model.</summary>
    public int ModelCalls { get; init; }

    /// <summary>Those that failed.</summary>
    public int ModelErrors { get; init; }

    /// <summary>Calls of the tool.</summary>
    public int ToolCalls { get; init; }

    /// <summary>Those known to have failed.</summary>
    public int ToolFailures { get; init; }

    /// <summary>Turns that began.</summary>
    public int Turns { get; init; }

    /// <summary>Lines of code added, as far as the agent says.</summary>
    public long LinesAdded { get; init; }

    /// <summary>Lines of code removed, as far as the agent says.</summary>
    public long LinesRemoved { get; init; }

    /// <summary>Commits, as far as the agent says.</summary>
    public long Commits { get; init; }

    /// <summary>Pull requests, as far as the agent says.</summary>
    public long PullRequests { get; init; }

    /// <summary>What is added up over rows.</summary>
    public UsageSums Sums => new()
    {
        Tokens = Tokens,
        ReportedTokens = IsReported ? Tokens.Total : 0,
        PricedTokens = !IsReported && IsPriced ? Tokens.Total : 0,
        UnpricedTokens = !IsReported && !IsPriced ? Tokens.Total : 0,
        ReportedPicos = ReportedPicos,
        PricedPicos = PricedPicos,
        CostPicos = IsReported ? ReportedPicos : PricedPicos,
        ModelCalls = ModelCalls,
        ModelErrors = ModelErrors,
        ToolCalls = ToolCalls,
        ToolFailures = ToolFailures,
        Turns = Turns,
        LinesAdded = LinesAdded,
        LinesRemoved = LinesRemoved,
        Commits = Commits,
        PullRequests = PullRequests,
    };

    /// <summary>The hour of an instant; what lies before 1970 counts as then.</summary>
    public static long HourOf(long nanos) => nanos <= 0 ? 0 : nanos - (nanos % HourNanos);
}
