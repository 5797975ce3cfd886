using Gander.Agent.Providers;
using Microsoft.Extensions.AI;

namespace Gander.Agent.Loop;

/// <summary>A whole answer of a model.</summary>
/// <param name="MessageId">The id its pieces were told under.</param>
/// <param name="Contents">Text, reasoning and tool calls in their order.</param>
/// <param name="Call">What it took.</param>
internal sealed record ModelAnswer(string MessageId, IReadOnlyList<AIContent> Contents, ModelCall Call)
{
    /// <summary>The tools it wants to call.</summary>
    public IReadOnlyList<FunctionCallContent> ToolCalls { get; } = [.. Contents.OfType<FunctionCallContent>()];

    /// <summary>Its text.</summary>
    public string Text => string.Concat(Contents.OfType<TextContent>().Select(part => part.Text));

    /// <summary>It neither says nor wants anything.</summary>
    public bool IsEmpty => ToolCalls.Count == 0 && string.IsNullOrWhiteSpace(Text);
}
