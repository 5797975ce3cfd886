using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Hosting;

/// <summary>A store as it is, but for metrics, which it refuses: they have no place on disk yet.</summary>
internal sealed class UnstoredMetrics(ITelemetryStore store) : ITelemetryStore, IMetricStore
{
    private const string Reason = "This version stores no metrics yet.";

    public ISpanStore Spans => store.Spans;

    public ILogStore Logs => store.Logs;

    public IMetricStore Metrics => this;

    public ISessionStore Sessions => store.Sessions;

    public StoreStatus Status() => store.Status();

    public Task SweepAsync(long nowNanos, CancellationToken cancellationToken) => store.SweepAsync(nowNanos, cancellationToken);

    public Task BackupAsync(string directory, IProgress<double>? progress, CancellationToken cancellationToken) => store.BackupAsync(directory, progress, cancellationToken);

    public ValueTask DisposeAsync() => store.DisposeAsync();

    public Task<WriteOutcome> WriteAsync(IReadOnlyList<MetricBatch> batches, CancellationToken cancellationToken) =>
        Task.FromException<WriteOutcome>(new StoreUnavailableException(Reason));

    public Task<IReadOnlyList<MetricSeries>> FindSeriesAsync(SeriesQuery query, CancellationToken cancellationToken) => None<MetricSeries>();

    public Task<IReadOnlyList<MetricSeries>> ReadSeriesAfterAsync(int seriesId, int limit, CancellationToken cancellationToken) => None<MetricSeries>();

    public Task<IReadOnlyList<SeriesField>> ListFieldsAsync(CancellationToken cancellationToken) => None<SeriesField>();

    public Task<IReadOnlyList<AttributeValue>> ListValuesAsync(SeriesField field, SeriesQuery query, CancellationToken cancellationToken) => None<AttributeValue>();

    public Task<IReadOnlyList<MetricMetadata>> ListMetadataAsync(string? name, CancellationToken cancellationToken) => None<MetricMetadata>();

    public Task ReadSamplesAsync(ReadOnlyMemory<int> seriesIds, TimeRange range, SampleBuffer samples, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task ReadPointsAsync(ReadOnlyMemory<int> seriesIds, TimeRange range, MetricBatch points, int limit, CancellationToken cancellationToken) => Task.CompletedTask;

    private static Task<IReadOnlyList<T>> None<T>() => Task.FromResult<IReadOnlyList<T>>([]);
}
