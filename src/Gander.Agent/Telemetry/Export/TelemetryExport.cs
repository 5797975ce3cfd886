using System.Diagnostics;
using System.Net;
using Gander.Agent.Telemetry.Metrics;
using Gander.Agent.Telemetry.Settings;
using Gander.Agent.Telemetry.Wire;

namespace Gander.Agent.Telemetry.Export;

/// <summary>Everything behind the scopes: queues, the three signals' ways out, and the end. Thread-safe.</summary>
internal sealed class TelemetryExport : IDisposable
{
    private readonly ExportSettings _settings;
    private readonly RecordQueue<Activity> _spans = new();
    private readonly RecordQueue<LogEntry> _logs = new();
    private readonly DeliveryReport _report = new();
    private readonly ConsoleExporter? _console;
    private readonly TextWriter _warnings;
    private readonly HttpClient? _client;
    private readonly MetricCollector? _metrics;
    private readonly SignalPipeline? _spanPipeline;
    private readonly SignalPipeline? _logPipeline;
    private readonly SignalPipeline? _metricPipeline;

    public TelemetryExport(TelemetrySettings telemetry, ExportSettings settings, TelemetryResource resource, AgentInstruments instruments)
    {
        (_settings, _warnings) = (settings, telemetry.Warnings);
        if (settings.Traces.WritesToConsole || settings.Metrics.WritesToConsole || settings.Logs.WritesToConsole)
        {
            _console = new ConsoleExporter(telemetry.Output);
        }

        if (settings.Metrics.IsOn)
        {
            _metrics = new MetricCollector(instruments.Meter, settings.Temporality, telemetry.Time);
        }

        if (settings.Traces.Endpoint is null && settings.Metrics.Endpoint is null && settings.Logs.Endpoint is null)
        {
            return;
        }

        _client = NewClient();
        _spanPipeline = PipelineOf(telemetry, settings.Traces, new RecordSource<Activity>(_spans, SpanRequest.Write, resource), settings.SpanInterval);
        _logPipeline = PipelineOf(telemetry, settings.Logs, new RecordSource<LogEntry>(_logs, LogRequest.Write, resource), settings.LogInterval);
        _metricPipeline = _metrics is null ? null : PipelineOf(telemetry, settings.Metrics, new MetricSource(_metrics, resource), settings.MetricInterval);
    }

    /// <summary>A span is over. Spans that were not sampled are passed over.</summary>
    public void Ended(Activity span)
    {
        if (!span.Recorded)
        {
            return;
        }

        if (_settings.Traces.WritesToConsole)
        {
            _console?.Write(span);
        }

        Add(_spanPipeline, _spans, span, span.TagObjects);
    }

    /// <summary>A log record was written.</summary>
    public void Logged(LogEntry entry)
    {
        // Whatever is counted is also logged, so that this is the moment to begin the interval of metrics.
        _metricPipeline?.Pending();
        if (_settings.Logs.WritesToConsole)
        {
            _console?.Write(entry);
        }

        Add(_logPipeline, _logs, entry, entry.Attributes);
    }

    /// <summary>Sends or keeps what is left, within the time settings give, and tells the person what went wrong.</summary>
    public async Task FinishAsync()
    {
        if (_settings.Metrics.WritesToConsole && _metrics is not null)
        {
            _console?.Write(_metrics.Describe());
        }

        using var deadline = new CancellationTokenSource(_settings.ShutdownTimeout);
        SignalPipeline?[] pipelines = [_spanPipeline, _logPipeline, _metricPipeline];
        await Task.WhenAll(pipelines.OfType<SignalPipeline>().Select(pipeline => pipeline.FinishAsync(deadline.Token))).ConfigureAwait(false);
        _report.Dropped(_spans.Dropped + _logs.Dropped);
        if (_report.Line() is { } line)
        {
            await _warnings.WriteLineAsync(line).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _spanPipeline?.Dispose();
        _logPipeline?.Dispose();
        _metricPipeline?.Dispose();
        _metrics?.Dispose();
        _client?.Dispose();
    }

    // A redirect would carry credentials to a stranger, and an export is no part of the trace it tells about.
    private static HttpClient NewClient() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ActivityHeadersPropagator = null, AutomaticDecompression = DecompressionMethods.None, MaxResponseHeadersLength = 16 })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };

    private static void Add<T>(SignalPipeline? pipeline, RecordQueue<T> queue, T record, IEnumerable<KeyValuePair<string, object?>> attributes)
        where T : class
    {
        if (pipeline is null)
        {
            return;
        }

        var letters = 0L;
        foreach (var (_, value) in attributes)
        {
            letters += value is string text ? text.Length : 8;
        }

        queue.Add(record, letters);
        pipeline.Pending();
        if (queue.Count >= RecordSource<T>.MaxRecords || queue.TextBytes >= RecordSource<T>.MaxBytes)
        {
            pipeline.Full();
        }
    }

    private SignalPipeline? PipelineOf(TelemetrySettings telemetry, SignalSettings signal, IExportSource source, TimeSpan interval)
    {
        if (signal.Endpoint is null)
        {
            return null;
        }

        IOtlpTransport transport = signal.Protocol == OtlpProtocol.Grpc ? new GrpcTransport(_client!, signal) : new HttpTransport(_client!, signal);
        var outbox = telemetry.StateFolder is { } folder ? new Outbox(Path.Combine(folder, "telemetry"), signal, telemetry.Time) : null;
        return new SignalPipeline(signal, source, transport, outbox, _report, interval, telemetry.Time);
    }
}
