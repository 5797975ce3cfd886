using System.Diagnostics;

namespace Gander.Agent.Telemetry;

/// <summary>
/// A span that lasts from when it was started until it is disposed. Parents are explicit, so scopes may be used in iterators
/// and in parallel. Members may be called from any thread; after the disposal they do nothing, and where telemetry is off they never do.
/// </summary>
public abstract class TelemetryScope : IDisposable
{
    private protected const string Interrupted = "interrupted";

    private int _ended;

    private protected TelemetryScope(SessionScope session, string name, TelemetryScope? parent)
    {
        Session = session;
        StartedAt = Telemetry.Time.GetTimestamp();
        Activity = Telemetry.StartSpan(name, parent?.Activity);
        Set("session.id", session.Start.SessionId);
        session.Opened(this);
    }

    /// <summary>The W3C <c>traceparent</c> of this span, for requests made in its name; null where telemetry is off.</summary>
    public string? TraceParent => Activity?.Id;

    internal Activity? Activity { get; }

    private protected SessionScope Session { get; }

    private protected AgentTelemetry Telemetry => Session.Telemetry;

    private protected long StartedAt { get; }

    private protected string? ErrorType { get; private set; }

    private protected bool HasEnded => Volatile.Read(ref _ended) != 0;

    /// <summary>Says that what the span names failed. The first failure told counts.</summary>
    /// <param name="errorType">The class of the failure, from a small set: it becomes a label.</param>
    /// <param name="message">A sentence about it; secrets are masked before it leaves.</param>
    public void Fail(string errorType, string message)
    {
        ArgumentException.ThrowIfNullOrEmpty(errorType);
        if (HasEnded || ErrorType is not null)
        {
            return;
        }

        ErrorType = errorType;
        Set("error.type", errorType);
        Activity?.SetStatus(ActivityStatusCode.Error, message);
        OnFailed(errorType, message);
    }

    /// <summary>Ends the span.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
        {
            return;
        }

        OnEnding();
        Activity?.Dispose();
        Session.Closed(this);
        GC.SuppressFinalize(this);
    }

    internal void Abandon()
    {
        Fail(Interrupted, "The agent ended before this did.");
        Dispose();
    }

    internal void Log(LogSeverity severity, string body, params ReadOnlySpan<KeyValuePair<string, object?>> attributes) =>
        Session.Log(severity, body, Activity, attributes);

    private protected void Set(string key, object? value)
    {
        if (value is not null)
        {
            Activity?.SetTag(key, value);
        }
    }

    private protected void Happened(string name) => Activity?.AddEvent(new ActivityEvent(name));

    private protected virtual void OnFailed(string errorType, string message)
    {
    }

    private protected virtual void OnEnding()
    {
    }
}
