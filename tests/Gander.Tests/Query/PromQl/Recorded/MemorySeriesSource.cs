using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;
using Gander.Query.Shared;

namespace Gander.Tests.Query.PromQl.Recorded;

/// <summary>Series held as columns, searched from end to end: the plainest source an engine can have.</summary>
public sealed class MemorySeriesSource : ISeriesSource
{
    private readonly SortedDictionary<Labels, Samples> _series = [];

    /// <summary>How many samples have been read from it, over all queries.</summary>
    public long SamplesRead => _samplesRead;

    private long _samplesRead;

    public void Add(Labels labels, long timeMillis, double value) => SamplesOf(labels).Add(timeMillis, value);

    public Samples SamplesOf(Labels labels)
    {
        if (!_series.TryGetValue(labels, out var samples))
        {
            _series.Add(labels, samples = new Samples());
        }

        return samples;
    }

    /// <summary>All samples of the series that match.</summary>
    public IEnumerable<(Labels Labels, List<(long Time, double Value)> Samples)> Find(IReadOnlyList<LabelMatcher> matchers)
    {
        foreach (var (labels, samples) in _series.Where(entry => matchers.All(matcher => matcher.Matches(entry.Key[matcher.Label]))))
        {
            yield return (labels, samples.Times.ToArray().Zip(samples.Values.ToArray()).ToList());
        }
    }

    public ValueTask<ISeriesSet> SelectAsync(
        IReadOnlyList<LabelMatcher> matchers, long firstMillis, long lastMillis, CancellationToken cancellationToken)
    {
        var found = _series.Where(entry => matchers.All(matcher => matcher.Matches(entry.Key[matcher.Label]))).ToList();
        return ValueTask.FromResult<ISeriesSet>(new SeriesSet(this, found, firstMillis, lastMillis));
    }

    private sealed class SeriesSet(
        MemorySeriesSource source, IReadOnlyList<KeyValuePair<Labels, Samples>> found, long firstMillis, long lastMillis) : ISeriesSet
    {
        public IReadOnlyList<Labels> Series { get; } = [.. found.Select(entry => entry.Key)];

        public ValueTask ReadAsync(int first, ReadOnlyMemory<Samples> buffers, long maxSamples, CancellationToken cancellationToken)
        {
            for (var i = 0; i < buffers.Length; i++)
            {
                Fill(buffers.Span[i], found[first + i].Value);
                maxSamples -= buffers.Span[i].Count;
                Interlocked.Add(ref source._samplesRead, buffers.Span[i].Count);
            }

            return maxSamples >= 0
                ? ValueTask.CompletedTask
                : throw new QueryException(QueryErrorKind.LimitExceeded, "the series have more samples than the query may still read");
        }

        private void Fill(Samples buffer, Samples all)
        {
            buffer.Clear();
            var from = LowerBound(all.Times, firstMillis);
            var count = LowerBound(all.Times, lastMillis + 1) - from;
            if (!all.HasHistograms)
            {
                buffer.Reserve(count, out var times, out var values);
                all.Times.Slice(from, count).CopyTo(times);
                all.Values.Slice(from, count).CopyTo(values);
                buffer.Advance(count);
                return;
            }

            for (var i = from; i < from + count; i++)
            {
                if (all.Histograms[i] is { } histogram)
                {
                    buffer.Add(all.Times[i], histogram);
                }
                else
                {
                    buffer.Add(all.Times[i], all.Values[i]);
                }
            }
        }

        private static int LowerBound(ReadOnlySpan<long> times, long time)
        {
            var at = times.BinarySearch(time);
            return at < 0 ? ~at : at;
        }
    }
}
