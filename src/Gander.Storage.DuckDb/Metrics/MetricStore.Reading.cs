using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Metrics;

/// <content>What can be asked: the registry answers at once, points are read on the threads of the readers.</content>
internal sealed partial class MetricStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<MetricSeries>> FindSeriesAsync(SeriesQuery query, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<MetricSeries>>(_registry.Find(query, cancellationToken));

    /// <inheritdoc/>
    public Task<IReadOnlyList<MetricSeries>> ReadSeriesAfterAsync(int seriesId, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<MetricSeries>>(_registry.After(seriesId, limit));

    /// <inheritdoc/>
    public Task<IReadOnlyList<SeriesLayout>> ReadLayoutsAfterAsync(long sequence, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SeriesLayout>>(_registry.LayoutsAfter(sequence, limit));

    /// <inheritdoc/>
    public void ReadActivity(ReadOnlySpan<int> seriesIds, Span<SeriesActivity> activity) => _registry.ReadActivity(seriesIds, activity);

    /// <inheritdoc/>
    public MetricStoreState ReadState()
    {
        var (series, lastId, lastLayout, forgets) = _registry.ReadState();
        var (oldest, newest) = Extent();
        return new MetricStoreState(series, _head.Active.Count, lastId, lastLayout, forgets, oldest, newest);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<SeriesField>> ListFieldsAsync(CancellationToken cancellationToken) => Task.FromResult(_registry.Fields());

    /// <inheritdoc/>
    public Task<IReadOnlyList<AttributeValue>> ListValuesAsync(SeriesField field, SeriesQuery query, CancellationToken cancellationToken)
    {
        var values = new HashSet<AttributeValue>();
        foreach (var series in _registry.Find(query, cancellationToken))
        {
            var value = series[field];
            if (value != SeriesField.AbsentValue)
            {
                values.Add(value);
            }
        }

        return Task.FromResult<IReadOnlyList<AttributeValue>>([.. values]);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<MetricMetadata>> ListMetadataAsync(string? name, CancellationToken cancellationToken) =>
        Task.FromResult(_registry.ListMetadata(name));

    /// <inheritdoc/>
    public Task ReadSamplesAsync(ReadOnlyMemory<int> seriesIds, TimeRange range, SampleBuffer samples, CancellationToken cancellationToken) =>
        _readers.RunAsync(
            connection =>
            {
                new MetricReader(_registry, _head, _files).ReadSamples(connection, seriesIds, range, samples, cancellationToken);
                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<IEncodedSamples> OpenSamplesAsync(ReadOnlyMemory<int> seriesIds, TimeRange range, CancellationToken cancellationToken) =>
        _readers.RunAsync<IEncodedSamples>(
            connection => new MetricReader(_registry, _head, _files).OpenSamples(connection, seriesIds, range, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task ReadDistributionsAsync(ReadOnlyMemory<int> seriesIds, TimeRange range, DistributionBuffer distributions, CancellationToken cancellationToken) =>
        _readers.RunAsync(
            connection =>
            {
                new MetricReader(_registry, _head, _files).ReadDistributions(connection, seriesIds, range, distributions, cancellationToken);
                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task ReadPointsAsync(ReadOnlyMemory<int> seriesIds, TimeRange range, MetricBatch points, int limit, CancellationToken cancellationToken) =>
        _readers.RunAsync(
            connection =>
            {
                new MetricReader(_registry, _head, _files).ReadPoints(connection, seriesIds, range, points, limit, onlyExemplars: false, cancellationToken);
                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task ReadExemplarsAsync(ReadOnlyMemory<int> seriesIds, TimeRange range, MetricBatch points, int limit, CancellationToken cancellationToken) =>
        _readers.RunAsync(
            connection =>
            {
                new MetricReader(_registry, _head, _files).ReadPoints(connection, seriesIds, range, points, limit, onlyExemplars: true, cancellationToken);
                return true;
            },
            cancellationToken);
}
