using Gander.Sessions.Usage;

namespace Gander.Sessions;

/// <summary>One session with everything in it.</summary>
/// <param name="Summary">What lists show.</param>
/// <param name="Turns">Its turns, earliest first.</param>
public sealed record Session(SessionSummary Summary, IReadOnlyList<Turn> Turns)
{
    /// <summary>What it used, hour by hour; the summary's figures are its sums. Null for a session that was not folded.</summary>
    internal SessionUsage? Usage { get; init; }
}
