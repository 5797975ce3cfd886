using Gander.Agent.Providers;
using Gander.Agent.Sessions;
using Gander.Agent.Telemetry;
using Microsoft.Extensions.AI;

namespace Gander.Agent.Loop;

/// <summary>One message of the person and all that follows until the answer.</summary>
internal sealed class Turn(TurnSetting setting, Func<AgentEvent, ValueTask> emit)
{
    private const int MaxEmptyAnswers = 3;
    private const int MaxCompactionsForOneCall = 2;

    private readonly Conversation _conversation = setting.Conversation;
    private readonly ModelConnection _model = setting.Model;
    private readonly AgentOptions _options = setting.Options;
    private readonly ModelCaller _caller = new(setting.Model, setting.Options, setting.Time);
    private readonly ToolRepetitions _repetitions = new(setting.Options.MaxToolRepetitions);
    private readonly Dictionary<string, AIFunction> _functions =
        setting.Tools.OfType<AIFunction>().DistinctBy(tool => tool.Name).ToDictionary(tool => tool.Name, StringComparer.Ordinal);

    private SessionTotals _totals = SessionTotals.None;
    private SessionMessage? _prompt;
    private ReplyScope? _reply;
    private ReplyStreamScope? _stream;

    /// <summary>Runs to the end, whatever that is; the last event says which. Throws only where the session cannot be stored, or for a bug.</summary>
    /// <param name="text">The message.</param>
    /// <param name="begun">Told when the turn has begun.</param>
    /// <param name="cancellationToken">Interrupts the turn.</param>
    public async Task RunAsync(string text, Action<ReplyScope?> begun, CancellationToken cancellationToken)
    {
        var clock = setting.Time.GetTimestamp();
        using var reply = _reply = setting.Telemetry?.StartReply(text);
        using var stream = _stream = reply?.StartStream(setting.Target);
        begun(reply);
        _prompt = _conversation.Add(ChatRole.User, [new TextContent(text)]);
        await emit(new AgentEvent.MessageAdded(_prompt));

        var (status, message, error) = await EndAsync(cancellationToken);
        if (status is TurnStatus.Failed or TurnStatus.ApprovalRequired or TurnStatus.Interrupted)
        {
            stream?.Fail(error?.ErrorType ?? (status == TurnStatus.Interrupted ? "interrupted" : "approval_required"), message ?? "");
        }

        stream?.Dispose();
        reply?.Dispose();
        await emit(new AgentEvent.TurnEnded(new TurnOutcome(status, message, error, _totals.Usage, _totals.CostUsd, setting.Time.GetElapsedTime(clock))));
    }

    /// <summary>Sums up what is older than the current turn.</summary>
    /// <returns>The conversation is shorter now.</returns>
    public async Task<bool> CompactAsync(CancellationToken cancellationToken)
    {
        var limit = _model.Facts.ContextLimit;
        if (Compaction.Split(_conversation, _prompt, limit) is not var (older, kept))
        {
            return false;
        }

        await emit(new AgentEvent.CompactionStarted(_conversation.Tokens, limit));
        _stream?.CompactionStarted();
        var scope = _stream is null ? setting.Telemetry?.StartComplete(setting.Target, ModelCallPurpose.Compaction) : _stream.StartComplete(setting.Target, ModelCallPurpose.Compaction);
        var answer = await Compaction.SummariseAsync(_caller, older, limit, scope, emit, cancellationToken);
        await RecordAsync(answer.Call);
        if (answer.IsEmpty)
        {
            return false;
        }

        _conversation.Compact(Compaction.Message(answer.Text), kept);
        await emit(new AgentEvent.CompactionEnded(older.Count));
        return true;
    }

    private async Task<(TurnStatus Status, string? Message, ProviderException? Error)> EndAsync(CancellationToken cancellationToken)
    {
        try
        {
            var (status, message) = await LoopAsync(cancellationToken);
            return (status, message, null);
        }
        catch (ProviderException e)
        {
            return (TurnStatus.Failed, e.Message, e);
        }
        catch (AnswerInterruptedException e)
        {
            await KeepAsync(e);
            return (TurnStatus.Interrupted, "Interrupted.", null);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return (TurnStatus.Interrupted, "Interrupted.", null);
        }
    }

    private async Task<(TurnStatus Status, string? Message)> LoopAsync(CancellationToken cancellationToken)
    {
        var tools = setting.Tools;
        var request = new ChatOptions
        {
            Instructions = SystemPrompt.Compose(_options, setting.Time.GetUtcNow()),
            Tools = tools.Count > 0 ? [.. tools] : null,
            AllowMultipleToolCalls = tools.Count > 0 ? true : null,
            Temperature = _options.Temperature,
            MaxOutputTokens = _model.Facts.MaxOutputTokens,
        };
        for (var step = 0; step < _options.MaxSteps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var answer = await AnswerAsync(request, cancellationToken);
            await AddAsync(ChatRole.Assistant, answer.Contents, answer.MessageId, _model);
            if (answer.ToolCalls.Count == 0)
            {
                _reply?.SetAnswer(answer.Text);
                return (TurnStatus.Completed, null);
            }

            var batch = new ToolBatch(_conversation.SessionId, _functions, setting.Gate, _options, _repetitions, _stream, setting.Time);
            var outcome = await batch.RunAsync(answer.ToolCalls, emit, cancellationToken);
            await AddResultsAsync(answer.ToolCalls, outcome.Results);
            if (outcome.Unanswerable is { } reason)
            {
                return (TurnStatus.ApprovalRequired, reason);
            }
        }

        var limit = $"I have taken {_options.MaxSteps} steps, which is the limit for one turn. Shall I go on?";
        await AddAsync(ChatRole.Assistant, [new TextContent(limit)], null, null);
        _reply?.SetAnswer(limit);
        return (TurnStatus.StepLimit, limit);
    }

    private async Task<ModelAnswer> AnswerAsync(ChatOptions request, CancellationToken cancellationToken)
    {
        if (_options.CompactionThreshold > 0 && _conversation.Tokens > _model.Facts.ContextLimit * _options.CompactionThreshold)
        {
            await CompactAsync(cancellationToken);
        }

        for (var (empty, compactions) = (0, 0); ;)
        {
            try
            {
                var answer = await _caller.StreamAsync(_conversation.For(_model.Provider), request, _stream, emit, cancellationToken);
                await RecordAsync(answer.Call);
                if (!answer.IsEmpty)
                {
                    return answer;
                }

                if (empty++ == MaxEmptyAnswers)
                {
                    throw new ProviderException(ProviderErrorKind.Server, $"{_model.Provider} gave an empty answer {empty} times.");
                }

                await emit(new AgentEvent.Retrying(empty, MaxEmptyAnswers, TimeSpan.Zero, new ProviderException(ProviderErrorKind.Server, $"{_model.Provider} gave an empty answer.")));
            }
            catch (ProviderException e) when (e.Kind == ProviderErrorKind.ContextLength && compactions++ < MaxCompactionsForOneCall)
            {
                if (!await CompactAsync(cancellationToken))
                {
                    throw;
                }
            }
        }
    }

    private async Task AddResultsAsync(IReadOnlyList<FunctionCallContent> calls, IReadOnlyList<ToolResult> results)
    {
        await AddAsync(ChatRole.Tool, [.. calls.Zip(results, (call, result) => ToolMessages.Content(call.CallId, result))], null, null);
        foreach (var result in results)
        {
            setting.Count(result);
        }

        // Not every provider takes pictures in results; all that see take them from the person.
        var images = results.SelectMany(result => result.Content.OfType<DataContent>().Where(data => data.HasTopLevelMediaType("image"))).ToList();
        if (images.Count > 0)
        {
            await AddAsync(ChatRole.User, [new TextContent("<images>The pictures of the results above.</images>"), .. images], null, null);
        }
    }

    // What a person has read stays in the conversation; calls that were not run and thoughts that were not finished do not.
    private async Task KeepAsync(AnswerInterruptedException interrupted)
    {
        var said = interrupted.Contents.OfType<TextContent>().ToList<AIContent>();
        if (said.Count > 0)
        {
            await AddAsync(ChatRole.Assistant, said, interrupted.MessageId, _model);
        }
    }

    private async Task AddAsync(ChatRole role, IReadOnlyList<AIContent> contents, string? id, ModelConnection? by) =>
        await emit(new AgentEvent.MessageAdded(_conversation.Add(role, contents, id, by)));

    private async Task RecordAsync(ModelCall call)
    {
        setting.Record(call);
        _totals = _totals.With(call);
        await emit(new AgentEvent.ModelCallEnded(call));
    }
}
