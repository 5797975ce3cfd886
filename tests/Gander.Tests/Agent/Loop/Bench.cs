using Gander.Agent.Loop;
using Gander.Agent.Providers;
using Gander.Agent.Sessions;
using Microsoft.Extensions.AI;

namespace Gander.Tests.Agent.Loop;

/// <summary>A session with a scripted model, and what happened in it.</summary>
internal sealed class Bench : IAsyncDisposable
{
    public const string Id = "20260302_1";
    private readonly TempFolder _folder = new();

    public Bench(ScriptedModel script, AgentOptions? options = null, IToolGate? gate = null, IReadOnlyList<SessionMessage>? history = null, ModelFacts? facts = null, bool isNamed = true, params IReadOnlyList<AITool> tools)
    {
        Store = SessionStore.Open(_folder.FullPath);
        Store.Create(Id, isNamed ? "bench" : null, _folder.FullPath);
        Script = script;
        Session = new AgentSession(
            Id,
            new ModelConnection("scripted", "script-1", script, facts ?? new ModelFacts(100_000, new ModelPrices(1m, 10m))),
            tools,
            gate ?? new OpenGate(),
            options ?? new AgentOptions { WorkingDirectory = _folder.FullPath },
            Store,
            history,
            isNamed,
            time: Time);
    }

    public ImpatientTime Time { get; } = new();

    public ScriptedModel Script { get; }

    public SessionStore Store { get; }

    public AgentSession Session { get; }

    public List<AgentEvent> Events { get; } = [];

    public IEnumerable<ToolResult> Results => Events.OfType<AgentEvent.ToolCallEnded>().Select(ended => ended.Result);

    /// <summary>One turn to its end.</summary>
    public async Task<TurnOutcome> SendAsync(string message, CancellationToken cancellationToken = default)
    {
        await foreach (var happened in Session.SendAsync(message, cancellationToken))
        {
            Events.Add(happened);
        }

        return Assert.IsType<AgentEvent.TurnEnded>(Events[^1]).Outcome;
    }

    /// <summary>The conversation as one line a message.</summary>
    public static IEnumerable<string> Lines(IEnumerable<ChatMessage> messages) => messages.Select(message =>
        $"{message.Role}: " + string.Join(" | ", message.Contents.Select(part => part switch
        {
            TextContent text => text.Text,
            FunctionCallContent call => $"{call.Name}({JsonArguments.Text(call.Arguments)})",
            FunctionResultContent result => $"= {result.Result}",
            _ => part.GetType().Name,
        })));

    public async ValueTask DisposeAsync()
    {
        await Session.DisposeAsync();
        Store.Dispose();
        _folder.Dispose();
    }
}
