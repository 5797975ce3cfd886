using Gander.Stores;
using Gander.Telemetry;
using Gander.Tests.Stores;

namespace Gander.Tests.Otlp;

/// <summary>Keeps the text of every data point that is written.</summary>
internal sealed class RecordingMetricStore : IMetricStore
{
    private readonly InMemoryMetricStore _counting = new();
    private readonly List<string> _points = [];

    public IReadOnlyList<string> Points
    {
        get
        {
            lock (_points)
            {
                return [.. _points];
            }
        }
    }

    public Task<WriteOutcome> WriteAsync(IReadOnlyList<MetricBatch> batches, CancellationToken cancellationToken)
    {
        lock (_points)
        {
            _points.AddRange(batches.SelectMany(PointText.ReadAll));
        }

        return _counting.WriteAsync(batches, cancellationToken);
    }

    public Task<IReadOnlyList<MetricSeries>> FindSeriesAsync(SeriesQuery query, CancellationToken cancellationToken) => _counting.FindSeriesAsync(query, cancellationToken);

    public Task<IReadOnlyList<MetricSeries>> ReadSeriesAfterAsync(int seriesId, int limit, CancellationToken cancellationToken) =>
        _counting.ReadSeriesAfterAsync(seriesId, limit, cancellationToken);

    public Task<IReadOnlyList<SeriesLayout>> ReadLayoutsAfterAsync(long sequence, int limit, CancellationToken cancellationToken) =>
        _counting.ReadLayoutsAfterAsync(sequence, limit, cancellationToken);

    public void ReadActivity(ReadOnlySpan<int> seriesIds, Span<SeriesActivity> activity) => _counting.ReadActivity(seriesIds, activity);

    public MetricStoreState ReadState() => _counting.ReadState();

    public Task<IReadOnlyList<SeriesField>> ListFieldsAsync(CancellationToken cancellationToken) => _counting.ListFieldsAsync(cancellationToken);

    public Task<IReadOnlyList<AttributeValue>> ListValuesAsync(SeriesField field, SeriesQuery query, CancellationToken cancellationToken) =>
        _counting.ListValuesAsync(field, query, cancellationToken);

    public Task<IReadOnlyList<MetricMetadata>> ListMetadataAsync(string? name, CancellationToken cancellationToken) => _counting.ListMetadataAsync(name, cancellationToken);

    public Task ReadSamplesAsync(ReadOnlyMemory<int> seriesIds, TimeRange range, SampleBuffer samples, CancellationToken cancellationToken) =>
        _counting.ReadSamplesAsync(seriesIds, range, samples, cancellationToken);

    public Task<IEncodedSamples> OpenSamplesAsync(ReadOnlyMemory<int> seriesIds, TimeRange range, CancellationToken cancellationToken) =>
        _counting.OpenSamplesAsync(seriesIds, range, cancellationToken);

    public Task ReadDistributionsAsync(ReadOnlyMemory<int> seriesIds, TimeRange range, DistributionBuffer distributions, CancellationToken cancellationToken) =>
        _counting.ReadDistributionsAsync(seriesIds, range, distributions, cancellationToken);

    public Task ReadPointsAsync(ReadOnlyMemory<int> seriesIds, TimeRange range, MetricBatch points, int limit, CancellationToken cancellationToken) =>
        _counting.ReadPointsAsync(seriesIds, range, points, limit, cancellationToken);

    public Task ReadExemplarsAsync(ReadOnlyMemory<int> seriesIds, TimeRange range, MetricBatch points, int limit, CancellationToken cancellationToken) =>
        _counting.ReadExemplarsAsync(seriesIds, range, points, limit, cancellationToken);
}
