namespace Gander.Web.Connecting;

/// <summary>Something that keeps an agent's telemetry from arriving, or from being complete.</summary>
/// <param name="Sign">What one sees or has set.</param>
/// <param name="Why">What it does.</param>
/// <param name="Fix">What to set or run instead, or null.</param>
public sealed record GuideTrouble(string Sign, string Why, string? Fix = null);
