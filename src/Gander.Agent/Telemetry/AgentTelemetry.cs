using System.Diagnostics;
using Gander.Agent.Telemetry.Export;
using Gander.Agent.Telemetry.Settings;

namespace Gander.Agent.Telemetry;

/// <summary>
/// The telemetry of one process of the agent: spans, log records and counters under goose's names, sent as the variables of the OpenTelemetry specification
/// say. Spans are activities of the source <c>goose</c> and counters instruments of the meter <c>goose</c>, so that a program which embeds
/// the agent can also listen with an OpenTelemetry SDK of its own. Without an endpoint and an exporter variable nothing is collected or sent.
/// Thread-safe. Nothing here waits for a collector but <see cref="DisposeAsync"/>, and that not for long.
/// </summary>
public sealed class AgentTelemetry : IAsyncDisposable
{
    internal const string ScopeName = "goose";
    internal const string AgentName = "goose";

    private readonly ActivitySource _source;
    private readonly ActivityListener? _listener;
    private readonly Lock _lock = new();
    private readonly List<SessionScope> _sessions = [];
    private readonly ExportSettings _settings;
    private readonly TelemetryExport? _export;
    private int _disposed;

    private AgentTelemetry(TelemetrySettings settings)
    {
        Time = settings.Time;
        _settings = new ExportSettingsReader(settings).Read();
        Instruments = new AgentInstruments(settings.Version);
        _source = new ActivitySource(ScopeName, settings.Version);
        if (!_settings.IsOn)
        {
            return;
        }

        var resource = new TelemetryResource(settings.Version, _settings.Resource, Host, User);
        _export = new TelemetryExport(settings, _settings, resource, Instruments);
        _listener = new ActivityListener
        {
            ShouldListenTo = source => ReferenceEquals(source, _source),
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                _settings.Traces.IsOn && _settings.Sampler.Keeps(options.TraceId, options.Parent) ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.PropagationData,
            ActivityStopped = _export.Ended,
        };
        ActivitySource.AddActivityListener(_listener);
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
        AppDomain.CurrentDomain.UnhandledException += OnProcessExit;
    }

    /// <summary>Whether any signal is sent anywhere.</summary>
    public bool IsEnabled => _settings.IsOn;

    /// <summary>
    /// Whether prompts, answers, and what tools were given and gave are part of the telemetry: by default only for a collector on this machine,
    /// else when <c>OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT</c> is <c>true</c>.
    /// </summary>
    public bool CapturesContent => _settings.CapturesContent;

    /// <summary>The <c>traceparent</c> of the agent's span that the calling code runs in, for requests of providers and tools that do not know their scope; null outside of any.</summary>
    public static string? CurrentTraceParent => Activity.Current is { Source.Name: ScopeName, IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null;

    internal TimeProvider Time { get; }

    internal AgentInstruments Instruments { get; }

    internal string User { get; } = Environment.UserName;

    internal string Host { get; } = Environment.MachineName;

    /// <summary>Reads the settings, tells mistakes in them, and begins to collect where something is to be sent. Reaches out to nothing yet.</summary>
    public static AgentTelemetry Create(TelemetrySettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new AgentTelemetry(settings);
    }

    /// <summary>Counts a command of the program that has no session. Commands with one are counted by <see cref="StartSession"/>.</summary>
    /// <param name="command">The command's name, from a fixed set: it becomes a label.</param>
    public void CommandExecuted(string command)
    {
        Instruments.Commands.Add(1, new KeyValuePair<string, object?>("command", command));
        Log(LogSeverity.Info, "CLI command executed", null, new("monotonic_counter." + Instruments.Commands.Name, 1L), new("command", command));
    }

    /// <summary>Begins a session. Dispose the scope when the session ends in this process, before this.</summary>
    public SessionScope StartSession(SessionStart start)
    {
        ArgumentNullException.ThrowIfNull(start);
        var session = new SessionScope(this, start);
        lock (_lock)
        {
            _sessions.Add(session);
        }

        return session;
    }

    /// <summary>Ends what is still open, sends what is queued, and returns after about a second at the latest; what could not be sent by then is kept for the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        foreach (var session in OpenSessions())
        {
            session.Dispose();
        }

        if (_export is not null)
        {
            AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
            AppDomain.CurrentDomain.UnhandledException -= OnProcessExit;
            await _export.FinishAsync().ConfigureAwait(false);
            _export.Dispose();
        }

        _listener?.Dispose();
        _source.Dispose();
        Instruments.Dispose();
    }

    internal Activity? StartSpan(string name, Activity? parent)
    {
        if (!_source.HasListeners())
        {
            return null;
        }

        if (parent is not null)
        {
            return _source.StartActivity(name, ActivityKind.Internal, parent.Context);
        }

        // A span without a parent begins a trace, whatever the caller's code runs in.
        var before = Activity.Current;
        Activity.Current = null;
        var activity = _source.StartActivity(name, ActivityKind.Internal);
        if (activity is null)
        {
            Activity.Current = before;
        }

        return activity;
    }

    internal void Log(LogSeverity severity, string body, Activity? span, params ReadOnlySpan<KeyValuePair<string, object?>> attributes) =>
        _export?.Logged(new LogEntry(Time.GetUtcNow(), severity, body, attributes.ToArray(), span?.Context ?? default));

    internal void Closed(SessionScope session)
    {
        lock (_lock)
        {
            _sessions.Remove(session);
        }
    }

    private List<SessionScope> OpenSessions()
    {
        lock (_lock)
        {
            return [.. _sessions];
        }
    }

    // The process ends without having come here: a signal nobody handles, an exit from elsewhere, an exception nobody caught.
    private void OnProcessExit(object? sender, EventArgs end)
    {
        var finished = DisposeAsync().AsTask();
        ((IAsyncResult)finished).AsyncWaitHandle.WaitOne(_settings.ShutdownTimeout + TimeSpan.FromSeconds(1));
    }
}
