namespace Gander.Sessions;

/// <summary>How a session that counts as running will stand once it has been silent for so long that it no longer does.</summary>
/// <param name="Status">Its status then.</param>
/// <param name="Missing">What will be missing then.</param>
public sealed record SilentState(SessionStatus Status, IReadOnlyList<MissingPart> Missing);
