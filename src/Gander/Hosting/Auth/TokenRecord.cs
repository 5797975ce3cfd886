namespace Gander.Hosting.Auth;

/// <summary>What is kept of a token; the token itself is not.</summary>
/// <param name="Name">Unique among tokens.</param>
/// <param name="Hash">SHA-256 of the token's text, 64 hexadecimal digits.</param>
/// <param name="Scopes">What it is good for.</param>
/// <param name="User">Put on telemetry that names no user, or null.</param>
/// <param name="Team">Put on telemetry that names no team, or null.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">From when on it is refused, or null for never.</param>
public sealed record TokenRecord(
    string Name, string Hash, TokenScopes Scopes, string? User, string? Team, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt)
{
    /// <summary>Whether it is past its time.</summary>
    public bool IsExpired(DateTimeOffset now) => ExpiresAt is { } end && now >= end;
}
