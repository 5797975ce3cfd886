namespace Gander.Stores;

/// <summary>The last export of each signal that the session fold has seen (<see cref="WriteOutcome.Sequence"/>).</summary>
/// <param name="Spans">Of traces.</param>
/// <param name="Logs">Of logs.</param>
public readonly record struct FoldProgress(long Spans, long Logs)
{
    /// <summary>The time of the latest metric point that was folded, Unix nanoseconds: exports of metrics are not kept one by one.</summary>
    public long PointNanos { get; init; }

    /// <summary>The version of the fold that made what is saved; another one makes it anew.</summary>
    public int Version { get; init; }
}
