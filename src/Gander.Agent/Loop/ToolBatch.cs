using Gander.Agent.Telemetry;
using Microsoft.Extensions.AI;

namespace Gander.Agent.Loop;

/// <summary>Runs the tool calls of one answer: permission in order, then all that may run at the same time.</summary>
internal sealed class ToolBatch(string sessionId, IReadOnlyDictionary<string, AIFunction> tools, IToolGate gate, AgentOptions options, ToolRepetitions repetitions, ReplyStreamScope? telemetry, TimeProvider time)
{
    // What a model makes up is no label.
    private const string UnknownTool = "unknown";

    /// <summary>Runs them all. When the turn is interrupted, calls that were not done have results that say so, and the batch still returns.</summary>
    /// <returns>The results in the order of the calls, and why the turn cannot go on, if it cannot.</returns>
    public async Task<ToolBatchOutcome> RunAsync(IReadOnlyList<FunctionCallContent> calls, Func<AgentEvent, ValueTask> emit, CancellationToken cancellationToken)
    {
        var results = new ToolResult[calls.Count];
        var running = new List<Task>();
        using var slots = new SemaphoreSlim(options.MaxParallelTools);
        string? unanswerable = null;
        for (var i = 0; i < calls.Count; i++)
        {
            var (index, call) = (i, calls[i]);
            var (function, refusal) = Resolve(call);
            if (refusal is null && unanswerable is not null)
            {
                refusal = new ToolResult("This was not run, as the turn had to stop before.", isError: true) { ErrorType = "cancelled" };
            }

            if (refusal is null)
            {
                (refusal, unanswerable) = await AskAsync(call, function!, cancellationToken);
            }

            if (refusal is not null)
            {
                results[index] = refusal;
                var arguments = call.Exception is null ? Arguments(call) : null;
                using var scope = telemetry?.StartTool(tools.ContainsKey(call.Name) ? call.Name : UnknownTool, call.CallId, arguments);
                scope?.Complete(refusal);
                await emit(new AgentEvent.ToolCallStarted(call.CallId, call.Name, arguments));
                await emit(new AgentEvent.ToolCallEnded(call.CallId, call.Name, refusal, TimeSpan.Zero));
                continue;
            }

            running.Add(RunAsync(call, function!, slots, emit, result => results[index] = result, cancellationToken));
        }

        await Task.WhenAll(running);
        return new ToolBatchOutcome(results, unanswerable);
    }

    private static ToolResult Cancelled() => new("This was interrupted by the person before it was done.", isError: true) { ErrorType = "cancelled" };

    private static IReadOnlyDictionary<string, object?> Arguments(FunctionCallContent call) =>
        call.Arguments as IReadOnlyDictionary<string, object?> ?? new Dictionary<string, object?>(call.Arguments ?? new Dictionary<string, object?>(), StringComparer.Ordinal);

    private (AIFunction? Function, ToolResult? Refusal) Resolve(FunctionCallContent call)
    {
        if (call.Exception is { } unreadable)
        {
            return (null, new ToolResult(
                $"The arguments of this call are not a JSON object: {unreadable.Message} Nothing was run. Make the call again with all of its arguments; if they are long, take smaller steps.",
                isError: true)
            { ErrorType = "tool_arguments" });
        }

        if (!tools.TryGetValue(call.Name, out var function))
        {
            return (null, new ToolResult($"There is no tool '{call.Name}'. Tools are: {string.Join(", ", tools.Keys)}.", isError: true) { ErrorType = "tool_not_available" });
        }

        return repetitions.Exceeds(call)
            ? (null, new ToolResult($"This very call was made {repetitions.Limit} times in a row. Do something else.", isError: true) { ErrorType = "tool_repeated" })
            : (function, null);
    }

    private async Task<(ToolResult? Refusal, string? Unanswerable)> AskAsync(FunctionCallContent call, AIFunction function, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return (Cancelled(), null);
        }

        try
        {
            return await gate.DecideAsync(new ToolRequest(sessionId, call.CallId, function, Arguments(call), options.WorkingDirectory), cancellationToken) switch
            {
                ToolDecision.Allowed => (null, null),
                ToolDecision.Denied denied => (new ToolResult(denied.Reason, isError: true) { ErrorType = "permission_denied" }, null),
                ToolDecision.Unanswerable open => (new ToolResult(open.Reason, isError: true) { ErrorType = "permission_denied" }, open.Reason),
                var other => throw new System.Diagnostics.UnreachableException($"no way to treat {other}"),
            };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return (Cancelled(), null);
        }
    }

    private async Task RunAsync(FunctionCallContent call, AIFunction function, SemaphoreSlim slots, Func<AgentEvent, ValueTask> emit, Action<ToolResult> done, CancellationToken cancellationToken)
    {
        await slots.WaitAsync(CancellationToken.None);
        try
        {
            await emit(new AgentEvent.ToolCallStarted(call.CallId, call.Name, Arguments(call)));
            var clock = time.GetTimestamp();
            using var scope = telemetry?.StartTool(call.Name, call.CallId, Arguments(call));
            var result = ToolResultLimits.Apply(await InvokeAsync(call, function, cancellationToken), options);
            scope?.Complete(result);
            scope?.Dispose();
            done(result);
            await emit(new AgentEvent.ToolCallEnded(call.CallId, call.Name, result, time.GetElapsedTime(clock)));
        }
        finally
        {
            slots.Release();
        }
    }

    private async Task<ToolResult> InvokeAsync(FunctionCallContent call, AIFunction function, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Cancelled();
        }

        var arguments = new AIFunctionArguments(new Dictionary<string, object?>(Arguments(call), StringComparer.Ordinal));
        new ToolCallContext(sessionId, call.CallId, options.WorkingDirectory).AttachTo(arguments);
        try
        {
            return await function.InvokeAsync(arguments, cancellationToken) switch
            {
                ToolResult result => result,
                null => new ToolResult("Done."),
                string text => new ToolResult(text),
                AIContent content => new ToolResult([content]),
                IEnumerable<AIContent> contents => new ToolResult([.. contents]),
                var other => new ToolResult(other.ToString() ?? ""),
            };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Cancelled();
        }
        catch (ArgumentException e)
        {
            return new ToolResult($"The arguments do not fit: {e.Message}", isError: true) { ErrorType = "tool_arguments" };
        }
        catch (Exception e)
        {
            // Whatever a tool does wrong is something the model can react to.
            return new ToolResult($"The tool could not run: {e.Message}", isError: true) { ErrorType = "tool_execution_error" };
        }
    }
}
