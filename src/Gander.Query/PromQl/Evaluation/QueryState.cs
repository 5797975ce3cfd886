using System.Globalization;
using Gander.Query.PromQl.Series;
using Gander.Query.Shared;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>What all parts of one running query share. Thread-safe.</summary>
internal sealed class QueryState(
    ISeriesSource source, QueryLimits limits, Annotations annotations, long startMillis, long endMillis, long stepMillis, CancellationToken cancellationToken)
{
    private long _samples;
    private long _bytes;
    private long _peakBytes;

    public ISeriesSource Source => source;

    public QueryLimits Limits => limits;

    public Annotations Annotations => annotations;

    public long StartMillis => startMillis;

    public long EndMillis => endMillis;

    public long StepMillis => stepMillis;

    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>Samples read so far.</summary>
    public long SamplesRead => Volatile.Read(ref _samples);

    /// <summary>The most memory that values took at one time.</summary>
    public long PeakBytes => Volatile.Read(ref _peakBytes);

    /// <summary>Samples that may still be read.</summary>
    public long SamplesLeft => limits.MaxSamples - SamplesRead;

    /// <summary>Counts samples that were read.</summary>
    /// <exception cref="QueryException">They are too many.</exception>
    public void CountSamples(long samples)
    {
        var read = Interlocked.Add(ref _samples, samples);
        if (read > limits.MaxSamples)
        {
            throw new QueryException(
                QueryErrorKind.LimitExceeded,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the query read {read} samples, {read - limits.MaxSamples} more than the {limits.MaxSamples} that one query may read; ask for a shorter time, a shorter window or fewer series"));
        }
    }

    /// <summary>The error of a store that found more samples than might still be read.</summary>
    public QueryException TooManySamples(int series, QueryException error)
    {
        var read = SamplesRead;
        return new QueryException(
            QueryErrorKind.LimitExceeded,
            string.Create(
                CultureInfo.InvariantCulture,
                $"the query needs more than the {limits.MaxSamples} samples that one query may read: {read} were read, and the next {series} series have more than the {Math.Max(0, limits.MaxSamples - read)} that are left; ask for a shorter time, a shorter window or fewer series"),
            error.Position);
    }

    /// <summary>Counts memory that is about to be taken for values and kept; given back with <see cref="Release"/>.</summary>
    /// <exception cref="QueryException">It would be too much.</exception>
    public void Reserve(long bytes)
    {
        var taken = Interlocked.Add(ref _bytes, bytes);
        if (taken > limits.MaxBytes)
        {
            throw new QueryException(
                QueryErrorKind.LimitExceeded,
                $"the query needs at least {Mebibytes(taken)} of memory, {Mebibytes(taken - limits.MaxBytes)} more than the {Mebibytes(limits.MaxBytes)} that one query may use; aggregate sooner, ask for fewer series, or take larger steps");
        }

        for (var peak = PeakBytes; taken > peak;)
        {
            var seen = Interlocked.CompareExchange(ref _peakBytes, taken, peak);
            peak = seen == peak ? taken : seen;
        }
    }

    /// <summary>Answers how many steps a query or subquery has.</summary>
    /// <exception cref="QueryException">They are too many.</exception>
    public int CheckSteps(long steps) => steps <= limits.MaxSteps
        ? (int)steps
        : throw new QueryException(
            QueryErrorKind.LimitExceeded,
            string.Create(
                CultureInfo.InvariantCulture,
                $"the query or a subquery in it has {steps} steps, {steps - limits.MaxSteps} more than the {limits.MaxSteps} that one may have; take larger steps or a shorter time"));

    /// <summary>Gives memory back.</summary>
    public void Release(long bytes) => Interlocked.Add(ref _bytes, -bytes);

    private static string Mebibytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_048_576.0:0.#} MiB");
}
