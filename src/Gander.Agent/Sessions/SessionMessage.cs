using Microsoft.Extensions.AI;

namespace Gander.Agent.Sessions;

/// <summary>One stored message of a conversation.</summary>
/// <param name="Id">The provider's id for answers, an own one for the rest.</param>
/// <param name="Created">When it was stored.</param>
/// <param name="Content">The message as the model sees it. Results of tools have the role <c>tool</c>.</param>
public sealed record SessionMessage(string Id, DateTimeOffset Created, ChatMessage Content)
{
    /// <summary>The provider that answered, for answers.</summary>
    public string? Provider { get; init; }

    /// <summary>The model that was asked, for answers.</summary>
    public string? Model { get; init; }

    /// <summary>People see it: everything but summaries made for the model.</summary>
    public bool UserVisible { get; init; } = true;

    /// <summary>The model sees it: everything but what a summary has replaced.</summary>
    public bool AgentVisible { get; init; } = true;
}
