using Gander.Telemetry;

namespace Gander.Stores;

/// <summary>
/// What a store promises for metrics. Points are kept by series and as sent: names, kinds, temporality and stream start times
/// are never translated. Within a series a point is known by its start and its time; of several with the same both, the one
/// written last counts. Points come in any order and of any age. Thread-safe; writes wait for each other, reads never wait
/// for the disk writes of others and see each acknowledged write whole.
/// </summary>
public interface IMetricStore
{
    /// <summary>
    /// Stores all batches at once, as <see cref="ISpanStore.WriteAsync"/> does. Points of new series above a limit are
    /// refused and listed in <see cref="WriteOutcome.Refusals"/>; all others are kept.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store cannot take writes for now.</exception>
    Task<WriteOutcome> WriteAsync(IReadOnlyList<MetricBatch> batches, CancellationToken cancellationToken);

    /// <summary>
    /// Series that match and may have points in the range, by ascending id. Answered from an index: every series with a point
    /// in the range is there, a few without one may be.
    /// </summary>
    Task<IReadOnlyList<MetricSeries>> FindSeriesAsync(SeriesQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Series whose id is above <paramref name="seriesId"/>, by ascending id and at most <paramref name="limit"/>: whoever
    /// keeps an index of its own asks for what is new.
    /// </summary>
    Task<IReadOnlyList<MetricSeries>> ReadSeriesAfterAsync(int seriesId, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Layouts of histogram and summary series whose sequence is above <paramref name="sequence"/>, ascending and at most
    /// <paramref name="limit"/>. The series of each is known by the time its layout is.
    /// </summary>
    Task<IReadOnlyList<SeriesLayout>> ReadLayoutsAfterAsync(long sequence, int limit, CancellationToken cancellationToken);

    /// <summary>Says of each series when it has points; of an unknown one, never. Cheap: answers from memory.</summary>
    /// <param name="seriesIds">The series.</param>
    /// <param name="activity">Takes the answers; as long as <paramref name="seriesIds"/>.</param>
    void ReadActivity(ReadOnlySpan<int> seriesIds, Span<SeriesActivity> activity);

    /// <summary>What is stored. Cheap: answers from memory.</summary>
    MetricStoreState ReadState();

    /// <summary>Every field that some series has, in no order.</summary>
    Task<IReadOnlyList<SeriesField>> ListFieldsAsync(CancellationToken cancellationToken);

    /// <summary>The distinct values of <paramref name="field"/> among the series that <paramref name="query"/> finds, in no order.</summary>
    Task<IReadOnlyList<AttributeValue>> ListValuesAsync(SeriesField field, SeriesQuery query, CancellationToken cancellationToken);

    /// <summary>What metrics of this name are, or all metrics when it is null: one entry for each way the name was sent.</summary>
    Task<IReadOnlyList<MetricMetadata>> ListMetadataAsync(string? name, CancellationToken cancellationToken);

    /// <summary>
    /// Reads gauges and sums as numbers into <paramref name="samples"/>, which is cleared first and then holds one run for
    /// each id, in the order of <paramref name="seriesIds"/>: ordered by time, then by start. A series that is unknown or of
    /// another kind has an empty run.
    /// </summary>
    /// <exception cref="SampleLimitException">There are more samples than the buffer allows.</exception>
    Task ReadSamplesAsync(ReadOnlyMemory<int> seriesIds, TimeRange range, SampleBuffer samples, CancellationToken cancellationToken);

    /// <summary>
    /// Finds gauges and sums as numbers without decoding them; each of <paramref name="seriesIds"/> is a position in what is
    /// returned. A series that is unknown or of another kind has no samples there.
    /// </summary>
    Task<IEncodedSamples> OpenSamplesAsync(ReadOnlyMemory<int> seriesIds, TimeRange range, CancellationToken cancellationToken);

    /// <summary>
    /// Reads histograms and summaries as columns into <paramref name="distributions"/>, which is cleared first and then holds
    /// one run for each id, in the order of <paramref name="seriesIds"/>: ordered by time, then by start. Exemplars, least and
    /// greatest values are left out. A series that is unknown or of another kind has an empty run.
    /// </summary>
    /// <exception cref="SampleLimitException">There are more figures than the buffer allows.</exception>
    Task ReadDistributionsAsync(ReadOnlyMemory<int> seriesIds, TimeRange range, DistributionBuffer distributions, CancellationToken cancellationToken);

    /// <summary>
    /// Reads points of any kind exactly as they were written, exemplars and flags included, into <paramref name="points"/>,
    /// which is cleared first: metric <c>i</c> of the batch is series <c>i</c> of <paramref name="seriesIds"/>, and points
    /// are ordered by metric, time and start. Descriptions are empty. Unknown ids have a metric without points.
    /// </summary>
    /// <param name="seriesIds">The series.</param>
    /// <param name="range">Times of the points.</param>
    /// <param name="points">Takes the answer; the caller owns it.</param>
    /// <param name="limit">At most this many points.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <exception cref="SampleLimitException">There are more points than the limit.</exception>
    Task ReadPointsAsync(ReadOnlyMemory<int> seriesIds, TimeRange range, MetricBatch points, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Reads what <see cref="ReadPointsAsync"/> reads, but only points that have exemplars; those without are not even looked at
    /// where the store knows that there are none.
    /// </summary>
    /// <exception cref="SampleLimitException">There are more points than the limit.</exception>
    Task ReadExemplarsAsync(ReadOnlyMemory<int> seriesIds, TimeRange range, MetricBatch points, int limit, CancellationToken cancellationToken);
}
