namespace Gander.Stores;

/// <summary>Exports of one signal by their numbers (<see cref="WriteOutcome.Sequence"/>).</summary>
/// <param name="After">Those with a higher number than this.</param>
/// <param name="Through">And at most this one.</param>
public readonly record struct ExportRange(long After, long Through = long.MaxValue);
