namespace Gander.Stores;

/// <summary>The person whom usage counts for, and the team.</summary>
/// <param name="Name">The person; null when telemetry does not tell.</param>
/// <param name="Team">The team; null when nothing tells.</param>
public readonly record struct UsagePerson(string? Name, string? Team);
