namespace Gander.Sessions;

/// <summary>One session with everything in it.</summary>
/// <param name="Summary">What lists show.</param>
/// <param name="Turns">Its turns, earliest first.</param>
public sealed record Session(SessionSummary Summary, IReadOnlyList<Turn> Turns);
