namespace Gander.Query.PromQl.Histograms;

/// <summary>What is known of counter resets between a histogram and the one before it.</summary>
public enum CounterResetHint
{
    /// <summary>Nothing: it must be found out by comparing.</summary>
    Unknown,

    /// <summary>There was a reset.</summary>
    Reset,

    /// <summary>There was none.</summary>
    NotReset,

    /// <summary>The histogram is a gauge and knows no resets.</summary>
    Gauge,
}
