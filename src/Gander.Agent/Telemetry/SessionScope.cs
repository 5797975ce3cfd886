using System.Diagnostics;
using Gander.Agent.Providers;

namespace Gander.Agent.Telemetry;

/// <summary>
/// A session in this process, from its start to its end. It counts what its scopes tell it: tokens of all model calls and the wall
/// time. Disposing it ends the scopes still open as interrupted and writes the records of the session's end. Members may be called from any thread.
/// </summary>
public sealed class SessionScope : IDisposable
{
    private readonly long _startedAt;
    private readonly Lock _lock = new();
    private readonly List<TelemetryScope> _open = [];
    private ModelUsage _usage;
    private string _exitType = "error";
    private long _messageCount;
    private int _ended;

    internal SessionScope(AgentTelemetry telemetry, SessionStart start)
    {
        (Telemetry, Start) = (telemetry, start);
        _startedAt = telemetry.Time.GetTimestamp();
        Count("CLI command executed", telemetry.Instruments.Commands, 1, null, new KeyValuePair<string, object?>("command", start.Command));
        Count(
            start.IsInteractive ? "Session started" : "Headless session started",
            telemetry.Instruments.SessionStarts,
            1,
            null,
            new("session_type", start.SessionType),
            new("interactive", start.IsInteractive));
    }

    /// <summary>How it began.</summary>
    public SessionStart Start { get; }

    /// <summary>The tokens of all model calls so far.</summary>
    public ModelUsage Usage
    {
        get
        {
            lock (_lock)
            {
                return _usage;
            }
        }
    }

    internal AgentTelemetry Telemetry { get; }

    /// <summary>Says which model the session uses, at its start and when that changes.</summary>
    public void ModelChosen(string model) => Log(LogSeverity.Info, "🤖 Using model: " + model, null);

    /// <summary>Begins the turn that answers one message of the user: a trace of its own.</summary>
    public ReplyScope StartReply(string userMessage) => new(this, userMessage);

    /// <summary>Begins a model call outside of any turn, such as one for the session's title.</summary>
    public ModelCallScope StartComplete(ModelTarget target, ModelCallPurpose purpose) => ModelCallScope.Complete(this, null, target, purpose);

    /// <summary>Says that the session ended as it should: <c>normal</c>, or <c>error</c> when its last turn failed. Without it the exit type is <c>error</c>.</summary>
    public void Complete(bool failed, long messageCount) => (_exitType, _messageCount) = (failed ? "error" : "normal", messageCount);

    /// <summary>Ends the session. Its records are queued; <see cref="AgentTelemetry.DisposeAsync"/> sends them.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
        {
            return;
        }

        foreach (var scope in OpenScopes())
        {
            scope.Abandon();
        }

        var durationMs = (long)Telemetry.Time.GetElapsedTime(_startedAt).TotalMilliseconds;
        var totalTokens = Usage.TotalTokens;
        var type = new KeyValuePair<string, object?>("session_type", Start.SessionType);
        var exit = new KeyValuePair<string, object?>("exit_type", _exitType);
        Telemetry.Instruments.SessionCompletions.Add(1, type, exit);
        Log(
            LogSeverity.Info,
            "Session completed",
            null,
            new("monotonic_counter.goose.session_completions", 1L),
            type,
            exit,
            new("duration_ms", durationMs),
            new("total_tokens", totalTokens),
            new("message_count", _messageCount));
        Count("Session duration", Telemetry.Instruments.SessionDuration, durationMs, null, type);
        if (totalTokens > 0)
        {
            Count("Session tokens", Telemetry.Instruments.SessionTokens, totalTokens, null, type);
        }

        Telemetry.Closed(this);
    }

    internal void Opened(TelemetryScope scope)
    {
        lock (_lock)
        {
            _open.Add(scope);
        }
    }

    internal void Closed(TelemetryScope scope)
    {
        lock (_lock)
        {
            _open.Remove(scope);
        }
    }

    internal void Used(ModelUsage usage)
    {
        lock (_lock)
        {
            _usage += usage;
        }
    }

    internal void Count(string body, CounterInstrument counter, long value, Activity? span, params ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        counter.Add(value, labels);
        Log(LogSeverity.Info, body, span, [new("monotonic_counter." + counter.Name, value), .. labels]);
    }

    internal void Log(LogSeverity severity, string body, Activity? span, params ReadOnlySpan<KeyValuePair<string, object?>> attributes) =>
        Telemetry.Log(severity, body, span, [.. attributes, new("session.id", Start.SessionId)]);

    // Children were opened after their parents and end before them.
    private List<TelemetryScope> OpenScopes()
    {
        lock (_lock)
        {
            var open = new List<TelemetryScope>(_open);
            open.Reverse();
            return open;
        }
    }
}
