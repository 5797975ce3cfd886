namespace Gander.Stores;

/// <summary>Who used an agent, as telemetry and tokens tell it; null where they do not.</summary>
/// <param name="User">The user of the resource, or of the token that telemetry came with.</param>
/// <param name="Email">The address the person signed in with at the agent.</param>
/// <param name="Account">The account at the agent's maker.</param>
/// <param name="Team">The team of the resource, or of the token.</param>
/// <param name="Host">The host.</param>
public readonly record struct UsageIdentity(string? User, string? Email, string? Account, string? Team, string? Host);
