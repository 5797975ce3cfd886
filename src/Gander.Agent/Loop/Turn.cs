using Gander.Agent.Providers;
using Gander.Agent.Sessions;
using Microsoft.Extensions.AI;

namespace Gander.Agent.Loop;

/// <summary>One message of the person and all that follows until the answer.</summary>
internal sealed class Turn(Conversation conversation, ModelConnection model, IReadOnlyList<AITool> tools, IToolGate gate, AgentOptions options, TimeProvider time, Func<AgentEvent, ValueTask> emit)
{
    private const int MaxEmptyAnswers = 3;
    private const int MaxCompactionsForOneCall = 2;
    private static readonly TimeSpan TitlePatience = TimeSpan.FromSeconds(5);

    private readonly ModelCaller _caller = new(model, options, time);
    private readonly ToolRepetitions _repetitions = new(options.MaxToolRepetitions);
    private readonly Dictionary<string, AIFunction> _functions = tools.OfType<AIFunction>().DistinctBy(tool => tool.Name).ToDictionary(tool => tool.Name, StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private ModelUsage _usage;
    private decimal? _cost;
    private SessionMessage? _prompt;

    /// <summary>Runs to the end, whatever that is; the last event says which. Throws only where the session cannot be stored, or for a bug.</summary>
    public async Task RunAsync(string text, bool needsTitle, CancellationToken cancellationToken)
    {
        var clock = time.GetTimestamp();
        using var titleStop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _prompt = conversation.Add(ChatRole.User, [new TextContent(text)]);
        await emit(new AgentEvent.MessageAdded(_prompt));
        var title = needsTitle ? NameAsync(text, titleStop.Token) : Task.CompletedTask;

        var (status, message, error) = await EndAsync(cancellationToken);
        titleStop.CancelAfter(TitlePatience);
        await title;
        await emit(new AgentEvent.TurnEnded(new TurnOutcome(status, message, error, _usage, _cost, time.GetElapsedTime(clock))));
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
        var request = new ChatOptions
        {
            Instructions = SystemPrompt.Compose(options, time.GetUtcNow()),
            Tools = tools.Count > 0 ? [.. tools] : null,
            AllowMultipleToolCalls = tools.Count > 0 ? true : null,
            Temperature = options.Temperature,
            MaxOutputTokens = model.Facts.MaxOutputTokens,
        };
        for (var step = 0; step < options.MaxSteps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var answer = await AnswerAsync(request, cancellationToken);
            await AddAsync(ChatRole.Assistant, answer.Contents, answer.MessageId, model);
            if (answer.ToolCalls.Count == 0)
            {
                return (TurnStatus.Completed, null);
            }

            var batch = new ToolBatch(conversation.SessionId, _functions, gate, options, _repetitions, time);
            var outcome = await batch.RunAsync(answer.ToolCalls, emit, cancellationToken);
            await AddResultsAsync(answer.ToolCalls, outcome.Results);
            if (outcome.Unanswerable is { } reason)
            {
                return (TurnStatus.ApprovalRequired, reason);
            }
        }

        var limit = $"I have taken {options.MaxSteps} steps, which is the limit for one turn. Shall I go on?";
        await AddAsync(ChatRole.Assistant, [new TextContent(limit)], null, null);
        return (TurnStatus.StepLimit, limit);
    }

    private async Task<ModelAnswer> AnswerAsync(ChatOptions request, CancellationToken cancellationToken)
    {
        if (options.CompactionThreshold > 0 && conversation.Tokens > model.Facts.ContextLimit * options.CompactionThreshold)
        {
            await CompactAsync(cancellationToken);
        }

        for (var (empty, compactions) = (0, 0); ;)
        {
            try
            {
                var answer = await _caller.StreamAsync(conversation.For(model.Provider), request, emit, cancellationToken);
                await RecordAsync(answer.Call);
                if (!answer.IsEmpty)
                {
                    return answer;
                }

                if (empty++ == MaxEmptyAnswers)
                {
                    throw new ProviderException(ProviderErrorKind.Server, $"{model.Provider} gave an empty answer {empty} times.");
                }

                await emit(new AgentEvent.Retrying(empty, MaxEmptyAnswers, TimeSpan.Zero, new ProviderException(ProviderErrorKind.Server, $"{model.Provider} gave an empty answer.")));
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

    /// <summary>Sums up what is older than the current turn.</summary>
    /// <returns>The conversation is shorter now.</returns>
    public async Task<bool> CompactAsync(CancellationToken cancellationToken)
    {
        if (Compaction.Split(conversation, _prompt, model.Facts.ContextLimit) is not var (older, kept))
        {
            return false;
        }

        await emit(new AgentEvent.CompactionStarted(conversation.Tokens, model.Facts.ContextLimit));
        var answer = await Compaction.SummariseAsync(_caller, older, model.Facts.ContextLimit, emit, cancellationToken);
        await RecordAsync(answer.Call);
        if (answer.IsEmpty)
        {
            return false;
        }

        conversation.Compact(Compaction.Message(answer.Text), kept);
        await emit(new AgentEvent.CompactionEnded(older.Count));
        return true;
    }

    private async Task NameAsync(string prompt, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await SessionTitle.AskAsync(_caller, prompt, cancellationToken);
            await RecordAsync(answer.Call);
            if (SessionTitle.Clean(answer.Text) is { } title)
            {
                conversation.Rename(title);
            }
        }
        catch (Exception e) when (e is ProviderException or OperationCanceledException)
        {
            // A session without a title is still a session.
        }
    }

    private async Task AddResultsAsync(IReadOnlyList<FunctionCallContent> calls, IReadOnlyList<ToolResult> results)
    {
        await AddAsync(ChatRole.Tool, [.. calls.Zip(results, (call, result) => ToolMessages.Content(call.CallId, result))], null, null);

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
            await AddAsync(ChatRole.Assistant, said, interrupted.MessageId, model);
        }
    }

    private async Task AddAsync(ChatRole role, IReadOnlyList<AIContent> contents, string? id, ModelConnection? by) =>
        await emit(new AgentEvent.MessageAdded(conversation.Add(role, contents, id, by)));

    private async Task RecordAsync(ModelCall call)
    {
        lock (_lock)
        {
            conversation.Record(call);
            _usage += call.Usage ?? default;
            _cost = call.CostUsd is { } cost ? (_cost ?? 0) + cost : _cost;
        }

        await emit(new AgentEvent.ModelCallEnded(call));
    }
}
