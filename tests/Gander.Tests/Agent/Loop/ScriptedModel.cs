using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Gander.Tests.Agent.Loop;

/// <summary>A model that does what it is told, step after step, and remembers what it was asked. Calls without tools are side calls and have a script of their own.</summary>
internal sealed class ScriptedModel : IChatClient
{
    private readonly Queue<Func<CancellationToken, IAsyncEnumerable<ChatResponseUpdate>>> _steps = new();
    private readonly Queue<Func<CancellationToken, Task<ChatResponse>>> _sideSteps = new();
    private readonly Lock _lock = new();
    private readonly List<IReadOnlyList<ChatMessage>> _asked = [];
    private readonly List<IReadOnlyList<ChatMessage>> _askedAside = [];

    /// <summary>The conversations it was shown.</summary>
    public IReadOnlyList<IReadOnlyList<ChatMessage>> Asked => _asked;

    /// <summary>The conversations of side calls.</summary>
    public IReadOnlyList<IReadOnlyList<ChatMessage>> AskedAside => _askedAside;

    public ScriptedModel Says(string text, long input = 100, long output = 10) => Streams(new TextContent(text), Usage(input, output));

    public ScriptedModel Calls(params (string Id, string Tool, string Argument)[] calls) =>
        Streams([.. calls.Select(call => new FunctionCallContent(call.Id, call.Tool, new Dictionary<string, object?> { ["text"] = call.Argument })), Usage(100, 10)]);

    public ScriptedModel Streams(params AIContent[] contents) => Does(_ => Stream(contents));

    public ScriptedModel Fails(Exception exception, params AIContent[] before) => Does(_ => Stream(before, exception));

    /// <summary>Says something and then nothing more until it is cancelled.</summary>
    public ScriptedModel Hangs(string text, TaskCompletionSource? reached = null) => Does(cancellationToken => HangAsync(text, reached, cancellationToken));

    public ScriptedModel Aside(string text) => AsideDoes(_ => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, text)) { Usage = new UsageDetails { InputTokenCount = 30, OutputTokenCount = 3 } }));

    public ScriptedModel AsideFails(Exception exception) => AsideDoes(_ => Task.FromException<ChatResponse>(exception));

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Func<CancellationToken, Task<ChatResponse>> step;
        lock (_lock)
        {
            _askedAside.Add([.. messages]);
            step = _sideSteps.Dequeue();
        }

        return await step(cancellationToken);
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            _asked.Add([.. messages]);
            return _steps.Dequeue()(cancellationToken);
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private static UsageContent Usage(long input, long output) => new(new UsageDetails { InputTokenCount = input, OutputTokenCount = output });

    private static async IAsyncEnumerable<ChatResponseUpdate> Stream(AIContent[] contents, Exception? end = null)
    {
        await Task.Yield();
        foreach (var content in contents)
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, [content]);
        }

        if (end is not null)
        {
            throw end;
        }
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> HangAsync(string text, TaskCompletionSource? reached, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (text.Length > 0)
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, text);
        }

        reached?.TrySetResult();
        await Task.Delay(Timeout.Infinite, cancellationToken);
    }

    private ScriptedModel Does(Func<CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> step)
    {
        _steps.Enqueue(step);
        return this;
    }

    private ScriptedModel AsideDoes(Func<CancellationToken, Task<ChatResponse>> step)
    {
        _sideSteps.Enqueue(step);
        return this;
    }
}
