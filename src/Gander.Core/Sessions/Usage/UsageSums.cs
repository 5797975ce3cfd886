namespace Gander.Sessions.Usage;

/// <summary>What was used and what it cost, added up. Every member is a sum, so that parts add up to the whole in any order.</summary>
public readonly record struct UsageSums
{
    /// <summary>Tokens.</summary>
    public TokenUsage Tokens { get; init; }

    /// <summary>The tokens whose cost the agent reported.</summary>
    public long ReportedTokens { get; init; }

    /// <summary>The tokens whose cost it did not report, and that have a price.</summary>
    public long PricedTokens { get; init; }

    /// <summary>The tokens whose cost is not known: neither reported nor priced.</summary>
    public long UnpricedTokens { get; init; }

    /// <summary>What the agent reported, pico-dollars.</summary>
    public Int128 ReportedPicos { get; init; }

    /// <summary>What the table of prices makes of the tokens, also of those whose cost the agent reported, pico-dollars.</summary>
    public Int128 PricedPicos { get; init; }

    /// <summary>What it cost: what the agent reported, and the price where it reported nothing, pico-dollars.</summary>
    public Int128 CostPicos { get; init; }

    /// <summary>Calls of models.</summary>
    public long ModelCalls { get; init; }

    /// <summary>Calls of models that failed.</summary>
    public long ModelErrors { get; init; }

    /// <summary>Calls of tools.</summary>
    public long ToolCalls { get; init; }

    /// <summary>Calls of tools known to have failed.</summary>
    public long ToolFailures { get; init; }

    /// <summary>Turns.</summary>
    public long Turns { get; init; }

    /// <summary>Lines of code added, as far as agents say.</summary>
    public long LinesAdded { get; init; }

    /// <summary>Lines of code removed, as far as agents say.</summary>
    public long LinesRemoved { get; init; }

    /// <summary>Commits, as far as agents say.</summary>
    public long Commits { get; init; }

    /// <summary>Pull requests, as far as agents say.</summary>
    public long PullRequests { get; init; }

    /// <summary>reported, priced, mixed or unpriced.</summary>
    public string Provenance => (ReportedTokens != 0 || ReportedPicos != 0, PricedTokens != 0) switch
    {
        (true, true) => "mixed",
        (true, false) => "reported",
        (false, true) => "priced",
        _ => "unpriced",
    };

    /// <summary>Whether any of the cost is known.</summary>
    public bool HasCost => Provenance != "unpriced";

    /// <summary>Adds two, part by part.</summary>
    public static UsageSums operator +(UsageSums left, UsageSums right) => new()
    {
        Tokens = left.Tokens + right.Tokens,
        ReportedTokens = left.ReportedTokens + right.ReportedTokens,
        PricedTokens = left.PricedTokens + right.PricedTokens,
        UnpricedTokens = left.UnpricedTokens + right.UnpricedTokens,
        ReportedPicos = left.ReportedPicos + right.ReportedPicos,
        PricedPicos = left.PricedPicos + right.PricedPicos,
        CostPicos = left.CostPicos + right.CostPicos,
        ModelCalls = left.ModelCalls + right.ModelCalls,
        ModelErrors = left.ModelErrors + right.ModelErrors,
        ToolCalls = left.ToolCalls + right.ToolCalls,
        ToolFailures = left.ToolFailures + right.ToolFailures,
        Turns = left.Turns + right.Turns,
        LinesAdded = left.LinesAdded + right.LinesAdded,
        LinesRemoved = left.LinesRemoved + right.LinesRemoved,
        Commits = left.Commits + right.Commits,
        PullRequests = left.PullRequests + right.PullRequests,
    };
}
