namespace Gander.Sessions.Indexing;

/// <summary>A session that counts as running until it has been silent for a while.</summary>
/// <param name="EmitterId">Whose it is.</param>
/// <param name="Summary">As it was folded last.</param>
/// <param name="WhenSilent">As it will be then; null when it has to be folded again to know.</param>
internal sealed record RunningSession(ulong EmitterId, SessionSummary Summary, SessionSummary? WhenSilent);
