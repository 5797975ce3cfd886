namespace Gander.Sessions;

/// <summary>One session with everything in it.</summary>
/// <param name="Summary">What lists show.</param>
/// <param name="Turns">Its turns, earliest first.</param>
public sealed record Session(SessionSummary Summary, IReadOnlyList<Turn> Turns)
{
    /// <summary>
    /// The summary as it will be once the session has been silent for so long that it no longer counts as running; null when
    /// it does not count so now, or when that cannot be told without folding it again.
    /// </summary>
    internal SessionSummary? WhenSilent { get; init; }
}
