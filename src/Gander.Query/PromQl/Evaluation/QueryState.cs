using Gander.Query.PromQl.Series;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>What all parts of one running query share.</summary>
internal sealed class QueryState(
    ISeriesSource source, QueryLimits limits, Annotations annotations, long startMillis, long endMillis, long stepMillis, CancellationToken cancellationToken)
{
    private long _samples;

    public ISeriesSource Source => source;

    public QueryLimits Limits => limits;

    public Annotations Annotations => annotations;

    public long StartMillis => startMillis;

    public long EndMillis => endMillis;

    public long StepMillis => stepMillis;

    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>Samples read so far.</summary>
    public long SamplesRead => _samples;

    /// <summary>Samples that may still be read.</summary>
    public long SamplesLeft => limits.MaxSamples - _samples;

    public void Count(long samples) => _samples += samples;
}
