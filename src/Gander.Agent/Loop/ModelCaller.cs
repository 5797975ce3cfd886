using Gander.Agent.Providers;
using Gander.Agent.Telemetry;
using Microsoft.Extensions.AI;

namespace Gander.Agent.Loop;

/// <summary>Asks a model, again where that may help, and tells what comes.</summary>
internal sealed class ModelCaller(ModelConnection model, AgentOptions options, TimeProvider time)
{
    /// <summary>Streams an answer. Once a piece of it was told, a failure is final.</summary>
    /// <exception cref="ProviderException">The provider failed for good.</exception>
    public async Task<ModelAnswer> StreamAsync(
        IReadOnlyList<ChatMessage> messages, ChatOptions request, ReplyStreamScope? telemetry, Func<AgentEvent, ValueTask> emit, CancellationToken cancellationToken)
    {
        using var scope = telemetry?.StartModelCall();
        return await RetryAsync(messages, parts => StreamOnceAsync(messages, request, parts, scope, emit, cancellationToken), scope, emit, cancellationToken);
    }

    /// <summary>Asks without streaming and without tools, for the agent itself. Where nobody hears of retries there are none.</summary>
    /// <exception cref="ProviderException">The provider failed for good.</exception>
    public async Task<ModelAnswer> CompleteAsync(
        IReadOnlyList<ChatMessage> messages, ModelCallPurpose purpose, int maxOutputTokens, ModelCallScope? scope, Func<AgentEvent, ValueTask>? emit, CancellationToken cancellationToken)
    {
        using (scope)
        {
            return await RetryAsync(messages, _ => CompleteOnceAsync(messages, purpose, maxOutputTokens, cancellationToken), scope, emit, cancellationToken);
        }
    }

    /// <summary>An id for a message that has none.</summary>
    public static string NewId() => $"msg_{Guid.NewGuid()}";

    private static void Tell(ModelCallScope? scope, ModelAnswer answer)
    {
        scope?.SetOutput([new ChatMessage(ChatRole.Assistant, [.. answer.Contents])], answer.Call.FinishReason);
        scope?.Succeed(answer.Call.ResponseModel, answer.Call.ResponseId, answer.Call.FinishReason, answer.Call.Usage);
    }

    private async Task<ModelAnswer> RetryAsync(
        IReadOnlyList<ChatMessage> messages, Func<AnswerParts, Task<ModelAnswer>> ask, ModelCallScope? scope, Func<AgentEvent, ValueTask>? emit, CancellationToken cancellationToken)
    {
        scope?.SetInput(messages);
        for (var attempt = 1; ; attempt++)
        {
            var parts = new AnswerParts();
            try
            {
                var answer = await ask(parts);
                Tell(scope, answer);
                return answer;
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested && ProviderErrors.From(e, model.Provider) is { } error)
            {
                if (emit is null || parts.HasBegun || RetrySchedule.Delay(error, attempt, Random.Shared.NextDouble()) is not { } delay)
                {
                    scope?.Fail(error.ErrorType, error.Message);
                    throw Rethrown(error, e);
                }

                scope?.Retrying(attempt, RetrySchedule.MaxRetries, delay, error);
                await emit(new AgentEvent.Retrying(attempt, RetrySchedule.MaxRetries, delay, error));
                await Task.Delay(delay, time, cancellationToken);
            }
        }
    }

    private async Task<ModelAnswer> CompleteOnceAsync(IReadOnlyList<ChatMessage> messages, ModelCallPurpose purpose, int maxOutputTokens, CancellationToken cancellationToken)
    {
        var started = time.GetUtcNow();
        var clock = time.GetTimestamp();
        var response = await model.Client.GetResponseAsync(messages, new ChatOptions { MaxOutputTokens = maxOutputTokens }, cancellationToken);
        var usage = AnswerParts.Convert(response.Usage);
        var call = new ModelCall(
            purpose, model.Provider, model.Model, response.ModelId, response.ResponseId, response.FinishReason?.Value, usage, Price(usage), started, null, time.GetElapsedTime(clock));
        return new ModelAnswer(response.ResponseId ?? NewId(), AnswerParts.Tidy(response.Messages.SelectMany(message => message.Contents)), call);
    }

    private static ProviderException Rethrown(ProviderException error, Exception cause) =>
        ReferenceEquals(error, cause) ? new ProviderException(error.Kind, error.Message, error.Status, error.RetryAfter, error) : error;

    private async Task<ModelAnswer> StreamOnceAsync(
        IReadOnlyList<ChatMessage> messages, ChatOptions request, AnswerParts parts, ModelCallScope? scope, Func<AgentEvent, ValueTask> emit, CancellationToken cancellationToken)
    {
        using var stall = new CancellationTokenSource(options.StallTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stall.Token);
        var started = time.GetUtcNow();
        var clock = time.GetTimestamp();
        TimeSpan? first = null;
        var messageId = "";
        try
        {
            await foreach (var update in model.Client.GetStreamingResponseAsync(messages, request, either.Token))
            {
                stall.CancelAfter(options.StallTimeout);
                first ??= time.GetElapsedTime(clock);
                scope?.FirstChunk();
                messageId = messageId.Length > 0 ? messageId : update.ResponseId ?? NewId();
                parts.Add(update);
                await TellAsync(messageId, update, emit);
            }
        }
        catch (OperationCanceledException e) when (stall.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ProviderException(ProviderErrorKind.Network, $"{model.Provider} stopped answering for {options.StallTimeout.TotalSeconds:0} s.", inner: e);
        }
        catch (OperationCanceledException) when (parts.HasBegun)
        {
            if (parts.Usage is { } usage)
            {
                scope?.SetUsage(usage);
            }

            throw new AnswerInterruptedException(messageId, parts.Finish(), cancellationToken);
        }

        var call = new ModelCall(
            ModelCallPurpose.Reply, model.Provider, model.Model, parts.Model, parts.ResponseId, parts.FinishReason, parts.Usage, Price(parts.Usage), started, first, time.GetElapsedTime(clock));
        return new ModelAnswer(messageId.Length > 0 ? messageId : NewId(), parts.Finish(), call);
    }

    private static async ValueTask TellAsync(string messageId, ChatResponseUpdate update, Func<AgentEvent, ValueTask> emit)
    {
        foreach (var content in update.Contents)
        {
            switch (content)
            {
                case TextContent { Text.Length: > 0 } text:
                    await emit(new AgentEvent.TextDelta(messageId, text.Text));
                    break;
                case TextReasoningContent { Text.Length: > 0 } reasoning:
                    await emit(new AgentEvent.ReasoningDelta(messageId, reasoning.Text));
                    break;
            }
        }
    }

    private decimal? Price(ModelUsage? usage) => usage is { } tokens ? model.Facts.Prices?.Of(tokens) : null;
}
