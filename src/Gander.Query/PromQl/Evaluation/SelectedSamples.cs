using Gander.Query.PromQl.Series;
using Gander.Query.Shared;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>What a selector found, read under the limits of the query. Thread-safe.</summary>
/// <param name="set">The series.</param>
/// <param name="context">The query; also says whether resets of histograms are told apart while they are read.</param>
internal sealed class SelectedSamples(ISeriesSet set, EvaluationContext context)
{
    private const long BytesOfSample = 16;

    public IReadOnlyList<Labels> Series => set.Series;

    /// <summary>Reads some series from <paramref name="first"/> on.</summary>
    public async ValueTask ReadAsync(int first, ReadOnlyMemory<Samples> buffers)
    {
        var query = context.Query;
        query.CancellationToken.ThrowIfCancellationRequested();
        try
        {
            await set.ReadAsync(first, buffers, query.SamplesLeft, query.CancellationToken).ConfigureAwait(false);
        }
        catch (QueryException error) when (error.Kind == QueryErrorKind.LimitExceeded)
        {
            throw query.TooManySamples(buffers.Length, error);
        }

        var count = 0L;
        foreach (var samples in buffers.Span)
        {
            count += samples.Count;
            if (context.FindsResets && samples.HasHistograms)
            {
                HistogramResets.Find(samples);
            }
        }

        query.CountSamples(count);

        // The buffers are used again, so they count only as long as they are the most that is held.
        query.Reserve(count * BytesOfSample);
        query.Release(count * BytesOfSample);
    }
}
