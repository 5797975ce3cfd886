using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Gander.Agent.Loop;

/// <summary>
/// What a tool answered, as the model sees it. A function that returns one is taken at its word; any other return value counts as
/// success and is shown as text or JSON; an exception counts as an error with its message.
/// </summary>
public sealed record ToolResult
{
    /// <summary>An answer of parts: <see cref="TextContent"/>, and <see cref="DataContent"/> for images.</summary>
    public ToolResult(IReadOnlyList<AIContent> content, bool isError = false) => (Content, IsError) = (content, isError);

    /// <summary>An answer of one text.</summary>
    public ToolResult(string text, bool isError = false)
        : this([new TextContent(text)], isError)
    {
    }

    /// <summary>The parts, in order.</summary>
    public IReadOnlyList<AIContent> Content { get; init; }

    /// <summary>The call failed; the content says how.</summary>
    public bool IsError { get; init; }

    /// <summary>The same answer for programs, such as <c>stdout</c>, <c>stderr</c> and <c>exit_code</c> of a shell command.</summary>
    public JsonElement? StructuredContent { get; init; }

    /// <summary>The class of a failure as telemetry names it: <c>tool_error</c> (the tool said so), <c>tool_execution_error</c> (it could not run), <c>tool_not_available</c>, <c>tool_arguments</c>, <c>permission_denied</c>, <c>cancelled</c>. Null means <c>tool_error</c>.</summary>
    public string? ErrorType { get; init; }

    /// <summary>The text parts, joined by line breaks.</summary>
    public string Text => string.Join('\n', Content.OfType<TextContent>().Select(part => part.Text));
}
