using Gander.Api.Emitters;

namespace Gander.Web.Connecting;

/// <summary>How one agent is made to send to this server.</summary>
/// <param name="Slug">Its word in addresses.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Service">Its name in sessions, as its <c>service.name</c> gives it; empty for any.</param>
/// <param name="Start">The command that starts it.</param>
/// <param name="Sends">What it sends and when, in a sentence or two.</param>
public sealed record AgentGuide(string Slug, string Name, string Service, string Start, string Sends)
{
    /// <summary>What to paste, in this order.</summary>
    public IReadOnlyList<GuideBlock> Blocks { get; init; } = [];

    /// <summary>What goes wrong.</summary>
    public IReadOnlyList<GuideTrouble> Troubles { get; init; } = [];

    /// <summary>Whether telemetry of this service is of this agent.</summary>
    public bool IsOf(string service) => Service.Length > 0 && AgentService.IsOf(service, Service);
}
