namespace Gander.Stores;

/// <summary>The last export of each signal that the session fold has seen (<see cref="WriteOutcome.Sequence"/>).</summary>
/// <param name="Spans">Of traces.</param>
/// <param name="Logs">Of logs.</param>
public readonly record struct FoldProgress(long Spans, long Logs);
