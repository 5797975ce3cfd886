using Gander.Agent.Providers;

namespace Gander.Agent.Telemetry;

/// <summary>The loop of model calls and tools within a turn: the span <c>reply_stream</c>.</summary>
public sealed class ReplyStreamScope : TelemetryScope
{
    private readonly ReplyScope _reply;
    private readonly ModelTarget _target;
    private readonly Lock _lock = new();
    private ModelUsage? _usage;

    internal ReplyStreamScope(SessionScope session, ReplyScope reply, ModelTarget target)
        : base(session, "reply_stream", reply)
    {
        (_reply, _target) = (reply, target);
        Set("gen_ai.operation.name", "invoke_agent");
        Set("gen_ai.agent.name", AgentTelemetry.AgentName);
        Set("gen_ai.conversation.id", session.Start.SessionId);
        Set("gen_ai.provider.name", target.Provider);
        Set("gen_ai.request.model", target.Model);
        Set("gen_ai.request.max_tokens", target.MaxTokens);
        Set("gen_ai.request.temperature", target.Temperature);
        Set("session.user", Telemetry.User);
        Set("session.host", Telemetry.Host);
        Set("session.agent_type", AgentTelemetry.AgentName);
    }

    internal ReplyScope Reply => _reply;

    /// <summary>Begins a streaming model call, retries included: the span <c>stream_response_from_provider</c>.</summary>
    /// <param name="target">The model asked, where it is another than the loop's.</param>
    public ModelCallScope StartModelCall(ModelTarget? target = null) => ModelCallScope.Stream(Session, this, target ?? _target);

    /// <summary>Begins a model call that does not stream: the span <c>complete</c>.</summary>
    public ModelCallScope StartComplete(ModelTarget target, ModelCallPurpose purpose) => ModelCallScope.Complete(Session, this, target, purpose);

    /// <summary>Begins a call of a tool: the span <c>dispatch_tool_call</c>. Start it when the call is decided on, so that it covers the tool and not the person's thinking.</summary>
    /// <param name="name">The tool's name as offered to the model; <c>unknown</c> when the model named none that exists, as it becomes a label.</param>
    /// <param name="callId">The model's name for the call.</param>
    /// <param name="arguments">The arguments; null where they could not be read.</param>
    public ToolCallScope StartTool(string name, string callId, IReadOnlyDictionary<string, object?>? arguments) => new(Session, this, name, callId, arguments);

    /// <summary>Says that the conversation is being summed up to fit the model.</summary>
    public void CompactionStarted() => Log(LogSeverity.Info, "Performing message compaction");

    internal void Used(ModelUsage usage)
    {
        lock (_lock)
        {
            _usage = (_usage ?? default) + usage;
        }
    }

    /// <summary>A failed loop is a failed turn.</summary>
    private protected override void OnFailed(string errorType, string message)
    {
        // A person who stops the agent is no error of it.
        var severity = errorType == Interrupted ? LogSeverity.Info : LogSeverity.Error;
        Log(severity, severity == LogSeverity.Error ? "Error: " + message : message, new KeyValuePair<string, object?>("error.type", errorType));
        _reply.Fail(errorType, message);
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
