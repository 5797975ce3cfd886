namespace Gander.Hosting;

/// <summary>
/// Who sent a request: a feature of every <see cref="HttpContext"/> that passed authentication. User and team are put on
/// telemetry that has none of its own.
/// </summary>
/// <param name="TokenName">The name of the token, or null when none was needed.</param>
/// <param name="User">The token's user, or null.</param>
/// <param name="Team">The token's team, or null.</param>
public sealed record Caller(string? TokenName, string? User, string? Team)
{
    /// <summary>The caller on loopback while no token exists.</summary>
    public static Caller Anonymous { get; } = new(null, null, null);
}
