using Gander.Agent.Providers;

namespace Gander.Agent.Telemetry;

/// <summary>One message of the user and all that follows until the answer: the span <c>reply</c>, the root of its trace.</summary>
public sealed class ReplyScope : TelemetryScope
{
    private readonly Lock _lock = new();
    private ModelUsage? _usage;

    internal ReplyScope(SessionScope session, string userMessage)
        : base(session, "reply", null)
    {
        Set("gen_ai.operation.name", "invoke_agent");
        Set("gen_ai.agent.name", AgentTelemetry.AgentName);
        Set("gen_ai.conversation.id", session.Start.SessionId);
        if (Telemetry.CapturesContent)
        {
            Set("user_message", userMessage);
            Set("trace_input", userMessage);
            Set("gen_ai.input.messages", GenAiMessages.Simple("user", userMessage));
        }
    }

    /// <summary>Begins the loop of model calls and tools: the span <c>reply_stream</c>.</summary>
    public ReplyStreamScope StartStream(ModelTarget target) => new(Session, this, target);

    /// <summary>Begins a model call that does not stream, such as a compaction: the span <c>complete</c>.</summary>
    public ModelCallScope StartComplete(ModelTarget target, ModelCallPurpose purpose) => ModelCallScope.Complete(Session, this, target, purpose);

    /// <summary>Tells the final answer.</summary>
    public void SetAnswer(string text)
    {
        if (Telemetry.CapturesContent)
        {
            Set("trace_output", text);
            Set("gen_ai.output.messages", GenAiMessages.Simple("assistant", text, "stop"));
        }
    }

    internal void Used(ModelUsage usage)
    {
        lock (_lock)
        {
            _usage = (_usage ?? default) + usage;
        }
    }

    private protected override void OnEnding()
    {
        lock (_lock)
        {
            if (_usage is { } usage)
            {
                Set("gen_ai.usage.input_tokens", usage.InputTokens);
                Set("gen_ai.usage.output_tokens", usage.OutputTokens);
            }
        }
    }
}
