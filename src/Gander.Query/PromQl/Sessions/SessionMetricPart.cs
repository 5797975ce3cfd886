namespace Gander.Query.PromQl.Sessions;

/// <summary>What a series shows of a metric.</summary>
public enum SessionMetricPart
{
    /// <summary>The sum of the amounts.</summary>
    Sum,

    /// <summary>How many there were.</summary>
    Count,

    /// <summary>How many were at most as large as a bound: a series for each.</summary>
    Buckets,
}
