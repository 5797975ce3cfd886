using Gander.Telemetry;

namespace Gander.Sessions.Facts;

/// <summary>What a dialect needs beside the facts to decide what a span means. Null where the span has none.</summary>
internal struct SpanHints
{
    /// <summary><c>gen_ai.operation.name</c>.</summary>
    public string? Operation;

    /// <summary><c>gen_ai.conversation.id</c>.</summary>
    public string? Conversation;

    /// <summary><c>conversation.id</c>.</summary>
    public string? PlainConversation;

    /// <summary><c>gen_ai.response.model</c>.</summary>
    public string? ResponseModel;

    /// <summary>Why the model was called, where it was not for the agent's loop.</summary>
    public string? Purpose;

    /// <summary>Which part of a tool call the span is, in the agent's words.</summary>
    public string? ToolPhase;

    /// <summary>Tokens, zeros where there are none.</summary>
    public TokenUsage Tokens;

    /// <summary>The user's text, in the batch.</summary>
    public TextRef Prompt;

    /// <summary>Whether a tool's arguments were captured.</summary>
    public bool HasArguments;

    /// <summary>Whether a tool's whole output was captured.</summary>
    public bool HasOutput;

    /// <summary>What sort of span OpenInference or OpenLLMetry call it.</summary>
    public string? Kind;

    /// <summary>The tool under other names than the GenAI conventions'.</summary>
    public string? Tool;

    /// <summary>What OpenLLMetry calls the thing that the span is about.</summary>
    public string? Entity;

    /// <summary>What a span means by the words of OpenInference or OpenLLMetry.</summary>
    public readonly SpanRole KindRole => Kind switch
    {
        "AGENT" or "agent" or "workflow" => SpanRole.Turn,
        "LLM" or "chat" or "completion" => SpanRole.Model,
        "TOOL" or "tool" => SpanRole.Tool,
        _ => SpanRole.Other,
    };

    /// <summary>What a span means by the GenAI semantic conventions.</summary>
    public readonly SpanRole OperationRole => Operation switch
    {
        "invoke_agent" or "invoke_workflow" => SpanRole.Turn,
        "chat" or "generate_content" or "text_completion" => SpanRole.Model,
        "execute_tool" => SpanRole.Tool,
        _ => SpanRole.Other,
    };
}
