using Gander.Query.PromQl.Series;

namespace Gander.Query.PromQl.Sessions;

/// <summary>The series of one set and then those of another.</summary>
internal sealed class JoinedSeriesSet(ISeriesSet first, ISeriesSet second) : ISeriesSet
{
    public IReadOnlyList<Labels> Series { get; } = [.. first.Series, .. second.Series];

    public async ValueTask ReadAsync(int from, ReadOnlyMemory<Samples> buffers, long maxSamples, CancellationToken cancellationToken)
    {
        var own = Math.Clamp(first.Series.Count - from, 0, buffers.Length);
        if (own > 0)
        {
            await first.ReadAsync(from, buffers[..own], maxSamples, cancellationToken).ConfigureAwait(false);
        }

        if (own == buffers.Length)
        {
            return;
        }

        foreach (var samples in buffers[..own].Span)
        {
            maxSamples -= samples.Count;
        }

        await second.ReadAsync(from + own - first.Series.Count, buffers[own..], Math.Max(0, maxSamples), cancellationToken).ConfigureAwait(false);
    }
}
