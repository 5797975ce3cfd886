namespace Gander.Query.PromQl.Sessions;

/// <summary>What one query may take of sessions.</summary>
public sealed record SessionSeriesOptions
{
    /// <summary>Calls and amounts that may be added up.</summary>
    public long MaxEvents { get; init; } = 5_000_000;

    /// <summary>Series that may be made.</summary>
    public int MaxSeries { get; init; } = 100_000;
}
