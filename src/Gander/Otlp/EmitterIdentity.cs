namespace Gander.Otlp;

/// <summary>Whose telemetry an export is, as its token says; put on resources that do not say it themselves.</summary>
/// <param name="User">The user, or null.</param>
/// <param name="Team">The team, or null.</param>
public readonly record struct EmitterIdentity(string? User, string? Team);
