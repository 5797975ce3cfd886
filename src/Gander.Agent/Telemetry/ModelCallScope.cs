using System.Globalization;
using System.Text.Json;
using Gander.Agent.Providers;
using Microsoft.Extensions.AI;

namespace Gander.Agent.Telemetry;

/// <summary>
/// One model call, retries included, from the first request to the last byte of the answer: the span
/// <c>stream_response_from_provider</c>, or <c>complete</c> for a call that does not stream. A call that is disposed without
/// <see cref="Succeed"/> or <see cref="TelemetryScope.Fail"/> was cancelled.
/// </summary>
public sealed class ModelCallScope : TelemetryScope
{
    private readonly TelemetryScope? _parent;
    private readonly ModelTarget _target;
    private readonly bool _streams;
    private string? _responseModel;
    private TimeSpan? _firstChunk;
    private bool _succeeded;
    private int _hasUsage;

    private ModelCallScope(SessionScope session, TelemetryScope? parent, ModelTarget target, string name, bool streams)
        : base(session, name, parent)
    {
        (_parent, _target, _streams) = (parent, target, streams);
        Set("gen_ai.operation.name", "chat");
        Set("gen_ai.conversation.id", session.Start.SessionId);
        Set("gen_ai.provider.name", target.Provider);
        Set("gen_ai.request.model", target.Model);
        Set("gen_ai.request.max_tokens", target.MaxTokens);
        Set("gen_ai.request.temperature", target.Temperature);
        Set("gen_ai.request.stream", streams);
    }

    internal static ModelCallScope Stream(SessionScope session, ReplyStreamScope parent, ModelTarget target)
    {
        var scope = new ModelCallScope(session, parent, target, "stream_response_from_provider", streams: true);
        scope.Happened("WAITING_LLM_STREAM_START");
        return scope;
    }

    internal static ModelCallScope Complete(SessionScope session, TelemetryScope? parent, ModelTarget target, ModelCallPurpose purpose)
    {
        var scope = new ModelCallScope(session, parent, target, "complete", streams: false);
        scope.Set("goose.chat.purpose", purpose switch
        {
            ModelCallPurpose.Title => "session_title",
            ModelCallPurpose.Compaction => "compaction",
            _ => null,
        });
        return scope;
    }

    /// <summary>Tells the conversation as it is sent. Written out at once, so the list may change afterwards; costs nothing where content is not captured.</summary>
    public void SetInput(IEnumerable<ChatMessage> messages)
    {
        if (Telemetry.CapturesContent)
        {
            Set("gen_ai.input.messages", GenAiMessages.Full(messages));
        }
    }

    /// <summary>Tells the model's answer.</summary>
    public void SetOutput(IEnumerable<ChatMessage> messages, string? finishReason)
    {
        if (Telemetry.CapturesContent)
        {
            Set("gen_ai.output.messages", GenAiMessages.Full(messages, finishReason ?? "stop"));
        }
    }

    /// <summary>The first piece of the answer is here. Only the first call counts.</summary>
    public void FirstChunk()
    {
        if (_firstChunk is not null || HasEnded)
        {
            return;
        }

        _firstChunk = Telemetry.Time.GetElapsedTime(StartedAt);
        Set("gen_ai.response.time_to_first_chunk", _firstChunk.Value.TotalSeconds);
        Happened("WAITING_LLM_STREAM_END");
    }

    /// <summary>Says that a request failed and is made again after <paramref name="delay"/>. Anything the failed attempt streamed does not count as the first piece.</summary>
    /// <param name="attempt">Which retry this will be, from 1.</param>
    /// <param name="maxAttempts">How many there may be.</param>
    /// <param name="delay">The wait before it.</param>
    /// <param name="error">What the provider said.</param>
    public void Retrying(int attempt, int maxAttempts, TimeSpan delay, ProviderException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        Log(LogSeverity.Warn, string.Create(CultureInfo.InvariantCulture, $"Request failed, retrying ({attempt}/{maxAttempts}): {error.Message}"), new KeyValuePair<string, object?>("error.type", error.ErrorType));
        Log(LogSeverity.Info, string.Create(CultureInfo.InvariantCulture, $"Backing off for {delay.TotalSeconds:0.###}s before retry"));
    }

    /// <summary>The answer is whole.</summary>
    /// <param name="responseModel">The model that answered, where the provider says.</param>
    /// <param name="responseId">The provider's id of the answer.</param>
    /// <param name="finishReason">Why it ended, such as <c>stop</c> or <c>tool_calls</c>.</param>
    /// <param name="usage">Its tokens, or null where the provider told none.</param>
    public void Succeed(string? responseModel, string? responseId, string? finishReason, ModelUsage? usage)
    {
        if (HasEnded || _succeeded)
        {
            return;
        }

        _succeeded = true;
        _responseModel = responseModel;
        Set("gen_ai.response.model", responseModel);
        Set("gen_ai.response.id", responseId);
        Set("gen_ai.response.finish_reasons", finishReason is null ? null : $"[\"{JsonEncodedText.Encode(finishReason)}\"]");
        if (usage is { } tokens)
        {
            SetUsage(tokens);
        }
    }

    /// <summary>Tells the tokens of a call, also of one that was cut off. Only the first call counts.</summary>
    public void SetUsage(ModelUsage usage)
    {
        if (HasEnded || Interlocked.Exchange(ref _hasUsage, 1) != 0)
        {
            return;
        }

        Set("gen_ai.usage.input_tokens", usage.InputTokens);
        Set("gen_ai.usage.output_tokens", usage.OutputTokens);
        SetPart("gen_ai.usage.cache_read.input_tokens", usage.CacheReadTokens);
        SetPart("gen_ai.usage.cache_creation.input_tokens", usage.CacheWriteTokens);
        SetPart("gen_ai.usage.cache_write.input_tokens", usage.CacheWriteTokens);
        SetPart("gen_ai.usage.reasoning.output_tokens", usage.ReasoningTokens);
        Session.Used(usage);
        switch (_parent)
        {
            case ReplyStreamScope stream:
                stream.Used(usage);
                stream.Reply.Used(usage);
                break;
            case ReplyScope reply:
                reply.Used(usage);
                break;
        }
    }

    private void SetPart(string key, long tokens)
    {
        if (tokens > 0)
        {
            Set(key, tokens);
        }
    }

    private protected override void OnFailed(string errorType, string message) =>
        Log(LogSeverity.Warn, "Provider request failed: " + message, new KeyValuePair<string, object?>("error.type", errorType));

    private protected override void OnEnding()
    {
        if (!_succeeded && ErrorType is null)
        {
            // The span is over for the person, so Fail would come too late to be told.
            Set("error.type", "cancelled");
            Activity?.SetStatus(System.Diagnostics.ActivityStatusCode.Error, "The call was cancelled.");
        }

        var error = ErrorType ?? (_succeeded ? null : "cancelled");
        Telemetry.Instruments.ModelCallEnded(_target, _responseModel, error, Telemetry.Time.GetElapsedTime(StartedAt), _streams ? _firstChunk : null);
    }
}
