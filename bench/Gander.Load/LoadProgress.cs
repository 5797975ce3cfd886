namespace Gander.Load;

/// <summary>How far a run is.</summary>
/// <param name="Phase">What is being done.</param>
/// <param name="Share">How much of it is done, 0 to 1.</param>
/// <param name="Records">Records acknowledged so far.</param>
public readonly record struct LoadProgress(LoadPhase Phase, double Share, long Records);
