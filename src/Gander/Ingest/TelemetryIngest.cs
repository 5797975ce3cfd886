using Gander.Ingest.Derived;
using Gander.Sessions;
using Gander.Stores;
using Gander.Telemetry;
using Microsoft.Extensions.Options;

namespace Gander.Ingest;

/// <summary>
/// The way from decoded batches into the store, for all signals. Started before the server listens and stopped after the last
/// request was answered, so that everything acknowledged is written and everything written is seen by the session fold.
/// </summary>
public sealed class TelemetryIngest : IHostedService
{
    /// <summary>Makes the queues. The session index and derived metrics, where there are such, are told of all that was stored.</summary>
    public TelemetryIngest(
        ITelemetryStore store,
        IOptions<IngestOptions> options,
        EmitterActivity activity,
        HeldBytes held,
        IngestMeter meter,
        TimeProvider time,
        ILogger<TelemetryIngest> logger,
        SessionIndex? sessions = null,
        DerivedMetrics? derived = null)
    {
        Meter = meter;
        Spans = new IngestQueue<SpanBatch>(
            Signal.Traces,
            options.Value,
            held,
            (batches, cancellationToken) => store.Spans.WriteAsync(batches, cancellationToken),
            (batch, notice) =>
            {
                activity.Record(batch, static (spans, row) => spans.ResourceIndexes[row], notice);
                if (notice.Sequence is { } sequence)
                {
                    sessions?.Observe(batch, sequence);
                    derived?.Observe(batch, sequence);
                }
            },
            meter,
            time,
            logger);
        Logs = new IngestQueue<LogBatch>(
            Signal.Logs,
            options.Value,
            held,
            (batches, cancellationToken) => store.Logs.WriteAsync(batches, cancellationToken),
            (batch, notice) =>
            {
                activity.Record(batch, static (logs, row) => logs.ResourceIndexes[row], notice);
                if (notice.Sequence is { } sequence)
                {
                    sessions?.Observe(batch, sequence);
                    derived?.Observe(batch, sequence);
                }
            },
            meter,
            time,
            logger);
        Metrics = new IngestQueue<MetricBatch>(
            Signal.Metrics,
            options.Value,
            held,
            (batches, cancellationToken) => store.Metrics.WriteAsync(batches, cancellationToken),
            (batch, notice) =>
            {
                activity.Record(batch, static (metrics, row) => metrics.Metrics[metrics.Points[row].Metric].ResourceIndex, notice);
                if (notice.Sequence is not null)
                {
                    sessions?.Observe(batch);
                }
            },
            meter,
            time,
            logger);
    }

    /// <summary>Spans.</summary>
    public IngestQueue<SpanBatch> Spans { get; }

    /// <summary>Log records.</summary>
    public IngestQueue<LogBatch> Logs { get; }

    /// <summary>Data points.</summary>
    public IngestQueue<MetricBatch> Metrics { get; }

    /// <summary>Counts what comes in.</summary>
    public IngestMeter Meter { get; }

    /// <summary>Completes when the session index knows of all that was answered before the call.</summary>
    public Task ObservedAsync() => Task.WhenAll(Spans.ObservedAsync(), Logs.ObservedAsync(), Metrics.ObservedAsync());

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        Spans.Start();
        Logs.Start();
        Metrics.Start();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(Spans.StopAsync(), Logs.StopAsync(), Metrics.StopAsync()).WaitAsync(cancellationToken);
}
