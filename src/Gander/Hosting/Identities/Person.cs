namespace Gander.Hosting.Identities;

/// <summary>A person and the team that usage counts for.</summary>
/// <param name="Name">The person; null when telemetry does not tell.</param>
/// <param name="Team">The team; null when nothing tells.</param>
public readonly record struct Person(string? Name, string? Team);
