namespace Gander.Agent.Providers;

/// <summary>What every request of a connection says of its sender.</summary>
internal sealed class RequestLabel
{
    /// <summary>The session that asks, once known.</summary>
    public string? SessionId { get; set; }
}
