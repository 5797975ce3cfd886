using Gander.Telemetry;

namespace Gander.Sessions.Calls;

/// <summary>One turn while its parts are gathered.</summary>
internal sealed class TurnDraft
{
    /// <summary>The span of the turn, or null when there is none.</summary>
    public Sighting? Root { get; set; }

    /// <summary>The record of the person's prompt, or null when there is none.</summary>
    public Sighting? Prompt { get; set; }

    /// <summary>The agent's id of the prompt, or empty.</summary>
    public string PromptId => Prompt?.Call.PromptId is { Length: > 0 } id ? id : Root?.Call.PromptId ?? "";

    /// <summary>Everything in it, earliest first once it is complete.</summary>
    public List<Sighting> Sightings { get; } = [];

    /// <summary>The first instant known, Unix nanoseconds.</summary>
    public long StartNanos => Math.Min(Root?.StartNanos ?? long.MaxValue, Prompt?.StartNanos ?? long.MaxValue);

    /// <summary>The traces it lies in.</summary>
    public HashSet<TraceId> Traces { get; } = [];

    /// <summary>Whether it was a command to the agent itself, that no model ever saw.</summary>
    public bool IsCommand => (Prompt?.Call.Command.Length ?? 0) > 0 || (Root?.Span?.Title.StartsWith('/') ?? false);
}
