using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Gander.Agent.Providers;
using Gander.Agent.Sessions;
using Gander.Agent.Telemetry;
using Microsoft.Extensions.AI;

namespace Gander.Agent.Loop;

/// <summary>
/// A conversation of a person with a model that uses tools. One turn runs at a time; everything else may be called between turns only.
/// With a store every message and model call is stored before the next step begins. What is passed in is not disposed.
/// </summary>
public sealed class AgentSession : IAsyncDisposable
{
    private const int MaxWaitingEvents = 1_024;
    private readonly Conversation _conversation;
    private readonly IToolGate _gate;
    private readonly TimeProvider _time;
    private readonly SessionScope? _telemetry;
    private readonly bool _isStored;
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _titleStop = new();
    private SessionTotals _totals = SessionTotals.None;
    private Task _title = Task.CompletedTask;
    private bool _needsTitle;
    private int _running;

    /// <summary>A session that is new, or goes on after <paramref name="history"/>.</summary>
    /// <param name="id">Its id; in a store it has to exist already.</param>
    /// <param name="model">Who answers.</param>
    /// <param name="tools">What the model may use; only <see cref="AIFunction"/>s can be called.</param>
    /// <param name="gate">Who decides about calls.</param>
    /// <param name="options">How the agent behaves.</param>
    /// <param name="store">Where it is kept; null keeps it in memory alone.</param>
    /// <param name="history">The messages so far.</param>
    /// <param name="isNamed">It has a name, so that no title is to be made.</param>
    /// <param name="telemetry">Where it tells what happens; null tells nothing.</param>
    /// <param name="time">The clock.</param>
    public AgentSession(
        string id,
        ModelConnection model,
        IReadOnlyList<AITool> tools,
        IToolGate gate,
        AgentOptions options,
        SessionStore? store = null,
        IReadOnlyList<SessionMessage>? history = null,
        bool isNamed = false,
        SessionScope? telemetry = null,
        TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(tools);
        ArgumentNullException.ThrowIfNull(gate);
        ArgumentNullException.ThrowIfNull(options);
        _conversation = new Conversation(id, store, history ?? [], _time = time ?? TimeProvider.System);
        (Tools, Options, _gate, _telemetry, _isStored) = (tools, options, gate, telemetry, store is not null);
        _needsTitle = !isNamed && history is null or { Count: 0 };
        Model = model;
    }

    /// <summary>Its id.</summary>
    public string Id => _conversation.SessionId;

    /// <summary>All messages, those included that the model no longer sees.</summary>
    public IReadOnlyList<SessionMessage> Messages => _conversation.Messages;

    /// <summary>What it took in this process so far. May be read at any time.</summary>
    public SessionTotals Totals
    {
        get
        {
            lock (_lock)
            {
                return _totals;
            }
        }
    }

    /// <summary>How much of the model's limit the conversation takes, in tokens, as far as known.</summary>
    public long ContextTokens => _conversation.Tokens;

    /// <summary>Who answers. A new one sees the whole conversation with its next turn.</summary>
    public ModelConnection Model
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            value.Label(Id);
            _telemetry?.ModelChosen(value.Model);
            field = value;
        }
    }

    /// <summary>What the model may use.</summary>
    public IReadOnlyList<AITool> Tools { get; set; }

    /// <summary>How the agent behaves.</summary>
    public AgentOptions Options { get; set; }

    /// <summary>
    /// Runs one turn. The events come as things happen and end with <see cref="AgentEvent.TurnEnded"/>; failures of the provider are told there and not thrown.
    /// Cancelling <paramref name="cancellationToken"/> interrupts the turn, which still ends in order: running tools are ended and their results kept.
    /// An enumeration that is left early interrupts the turn too.
    /// </summary>
    /// <exception cref="InvalidOperationException">A turn is running.</exception>
    /// <exception cref="SessionStoreException">The session can no longer be stored.</exception>
    public async IAsyncEnumerable<AgentEvent> SendAsync(string message, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(message);
        await foreach (var happened in RunAsync(
            (emit, stop) => new Turn(Setting(), emit).RunAsync(
                message,
                reply =>
                {
                    if (_needsTitle && _isStored && Options.NamesSessions)
                    {
                        _title = NameAsync(message, reply, _titleStop.Token);
                    }

                    _needsTitle = false;
                },
                stop),
            cancellationToken))
        {
            yield return happened;
        }
    }

    /// <summary>Lets the model see a summary in place of the conversation so far. Without anything to sum up there are no events.</summary>
    /// <exception cref="ProviderException">The summary could not be had; nothing has changed.</exception>
    /// <exception cref="InvalidOperationException">A turn is running.</exception>
    public IAsyncEnumerable<AgentEvent> CompactAsync(CancellationToken cancellationToken = default) => RunAsync(
        (emit, stop) => new Turn(Setting(), emit).CompactAsync(stop), cancellationToken);

    /// <summary>Begins afresh: neither the model nor the person sees what was said so far.</summary>
    public void Clear() => _conversation.Clear();

    /// <summary>Waits for what goes on beside the turns, which is the making of a title, but no longer than <paramref name="patience"/>.</summary>
    public async Task FinishAsync(TimeSpan patience)
    {
        _titleStop.CancelAfter(patience);
        await _title;
    }

    /// <summary>Gives up what goes on beside the turns. A turn that runs has to be awaited before.</summary>
    public async ValueTask DisposeAsync()
    {
        await FinishAsync(TimeSpan.Zero);
        _titleStop.Dispose();
    }

    private TurnSetting Setting() => new(_conversation, Model, Tools, _gate, Options, _telemetry, _time, Record, Count);

    private void Record(ModelCall call)
    {
        lock (_lock)
        {
            _conversation.Record(call);
            _totals = _totals.With(call);
        }
    }

    private void Count(ToolResult result)
    {
        lock (_lock)
        {
            _totals = _totals.With(result);
        }
    }

    private async Task NameAsync(string prompt, ReplyScope? reply, CancellationToken cancellationToken)
    {
        var setting = Setting();
        try
        {
            var answer = await SessionTitle.AskAsync(
                new ModelCaller(Model, Options, _time), prompt, reply?.StartComplete(setting.Target, ModelCallPurpose.Title), cancellationToken);
            Record(answer.Call);
            if (SessionTitle.Clean(answer.Text) is { } title)
            {
                _conversation.Rename(title);
            }
        }
        catch (Exception e) when (e is ProviderException or OperationCanceledException or SessionStoreException)
        {
            // A session without a title is still a session, and a store that fails is told by the turn itself.
        }
    }

    private async IAsyncEnumerable<AgentEvent> RunAsync(Func<Func<AgentEvent, ValueTask>, CancellationToken, Task> work, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _running, 1) != 0)
        {
            throw new InvalidOperationException("A turn of this session is running. Await its end before the next one.");
        }

        var events = Channel.CreateBounded<AgentEvent>(new BoundedChannelOptions(MaxWaitingEvents) { SingleReader = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = CompleteAsync(events.Writer, work, stop.Token);
        try
        {
            await foreach (var happened in events.Reader.ReadAllAsync(CancellationToken.None))
            {
                yield return happened;
            }
        }
        finally
        {
            // Whoever stopped reading is told nothing more, but the turn is put in order.
            await stop.CancelAsync();
            while (await events.Reader.WaitToReadAsync(CancellationToken.None))
            {
                events.Reader.TryRead(out _);
            }

            Volatile.Write(ref _running, 0);
            await running;
        }
    }

    private static async Task CompleteAsync(ChannelWriter<AgentEvent> events, Func<Func<AgentEvent, ValueTask>, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work(happened => events.WriteAsync(happened, CancellationToken.None), cancellationToken);
        }
        finally
        {
            events.Complete();
        }
    }
}
