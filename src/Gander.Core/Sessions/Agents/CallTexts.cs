namespace Gander.Sessions.Agents;

/// <summary>The attributes in which an agent sends texts, each the first that is there; of log records and spans alike.</summary>
internal sealed record CallTexts
{
    /// <summary>The person's prompt.</summary>
    public IReadOnlyList<string> Prompt { get; init; } = [];

    /// <summary>The model's answer.</summary>
    public IReadOnlyList<string> Answer { get; init; } = [];

    /// <summary>What the model was sent.</summary>
    public IReadOnlyList<string> ModelInput { get; init; } = [];

    /// <summary>The arguments of a tool.</summary>
    public IReadOnlyList<string> ToolInput { get; init; } = [];

    /// <summary>What a tool gave back.</summary>
    public IReadOnlyList<string> ToolOutput { get; init; } = [];

    /// <summary>Why something failed.</summary>
    public IReadOnlyList<string> Error { get; init; } = [];
}
