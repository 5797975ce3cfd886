using Gander.Ingest.Derived.Logs;
using Gander.Ingest.Derived.Spans;
using Gander.Stores;
using Gander.Telemetry;
using Microsoft.Extensions.Options;

namespace Gander.Ingest.Derived;

/// <summary>
/// Metrics made from spans and log records as they are stored. Started before ingest and stopped after it, so that it sees
/// everything that is stored. Thread-safe.
/// </summary>
public sealed class DerivedMetrics : IHostedService, IAsyncDisposable
{
    private readonly ITelemetryStore _store;
    private readonly Derivation<SpanBatch>? _spans;
    private readonly Derivation<LogBatch>? _logs;

    /// <summary>Makes what the options ask for; nothing is read before it starts.</summary>
    public DerivedMetrics(
        ITelemetryStore store, IOptions<SpanMetricsOptions> spans, IOptions<LogMetricsOptions> logs, TimeProvider time, ILogger<DerivedMetrics> logger)
    {
        _store = store;
        if (spans.Value.Enabled)
        {
            _spans = new Derivation<SpanBatch>(
                new SpanMetrics(spans.Value),
                (exports, cancellationToken) => store.Spans.ReadExportsAsync(exports, RecordDetail.Attributes, cancellationToken),
                store.Metrics,
                time,
                TimeSpan.FromSeconds(spans.Value.FlushSeconds),
                logger);
        }

        if (logs.Value.Rules.Count > 0)
        {
            _logs = new Derivation<LogBatch>(
                new LogMetrics(logs.Value, store.Metrics, logger),
                (exports, cancellationToken) => store.Logs.ReadExportsAsync(exports, RecordDetail.Attributes, cancellationToken),
                store.Metrics,
                time,
                TimeSpan.FromSeconds(logs.Value.FlushSeconds),
                logger);
        }
    }

    /// <summary>Tells of spans that were stored as export <paramref name="sequence"/>, in the order of their numbers. Done with the batch when it returns.</summary>
    public void Observe(SpanBatch batch, long sequence) => _spans?.Observe(batch, sequence);

    /// <inheritdoc cref="Observe(SpanBatch, long)"/>
    public void Observe(LogBatch batch, long sequence) => _logs?.Observe(batch, sequence);

    /// <summary>Writes the points that are due, once what a crash left has been counted.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await (_spans?.FlushAsync(cancellationToken) ?? Task.CompletedTask);
        await (_logs?.FlushAsync(cancellationToken) ?? Task.CompletedTask);
    }

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await (_spans?.StartAsync(_store.Spans.LastSequence, cancellationToken) ?? Task.CompletedTask);
        await (_logs?.StartAsync(_store.Logs.LastSequence, cancellationToken) ?? Task.CompletedTask);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => DisposeAsync().AsTask().WaitAsync(cancellationToken);

    /// <summary>Writes the last points. Further calls do nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_spans is not null)
        {
            await _spans.DisposeAsync();
        }

        if (_logs is not null)
        {
            await _logs.DisposeAsync();
        }
    }
}
