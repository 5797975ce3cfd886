using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Tests.Stores;

/// <summary>Counts data points and forgets them: for tests that write metrics and read them by other means, or not at all.</summary>
public sealed class InMemoryMetricStore : IMetricStore
{
    private readonly Lock _lock = new();
    private long _sequence;

    public long Points { get; private set; }

    public Task<WriteOutcome> WriteAsync(IReadOnlyList<MetricBatch> batches, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _sequence += batches.Count;
            Points += batches.Sum(batch => batch.Count);
            return Task.FromResult(new WriteOutcome(_sequence, [.. batches.Select(_ => true)]));
        }
    }

    public Task<IReadOnlyList<MetricSeries>> FindSeriesAsync(SeriesQuery query, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<MetricSeries>>([]);

    public Task<IReadOnlyList<MetricSeries>> ReadSeriesAfterAsync(int seriesId, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<MetricSeries>>([]);

    public Task<IReadOnlyList<SeriesField>> ListFieldsAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<SeriesField>>([]);

    public Task<IReadOnlyList<AttributeValue>> ListValuesAsync(SeriesField field, SeriesQuery query, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<AttributeValue>>([]);

    public Task<IReadOnlyList<MetricMetadata>> ListMetadataAsync(string? name, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<MetricMetadata>>([]);

    public Task ReadSamplesAsync(ReadOnlyMemory<int> seriesIds, TimeRange range, SampleBuffer samples, CancellationToken cancellationToken)
    {
        samples.Clear();
        return Task.CompletedTask;
    }

    public Task ReadPointsAsync(ReadOnlyMemory<int> seriesIds, TimeRange range, MetricBatch points, int limit, CancellationToken cancellationToken)
    {
        points.Clear();
        return Task.CompletedTask;
    }
}
