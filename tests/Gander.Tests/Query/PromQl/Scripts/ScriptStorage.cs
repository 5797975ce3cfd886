using Gander.Query.PromQl.Histograms;
using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;
using Gander.Query.Shared;

namespace Gander.Tests.Query.PromQl.Scripts;

/// <summary>What a script has loaded: a plain list of series that is searched from end to end.</summary>
public sealed class ScriptStorage : ISeriesSource
{
    private readonly Dictionary<Labels, SortedDictionary<long, ScriptPoint>> _series = [];

    public void Clear() => _series.Clear();

    public void Add(ScriptSeries series, long intervalMillis)
    {
        if (!_series.TryGetValue(series.Labels, out var points))
        {
            _series.Add(series.Labels, points = []);
        }

        for (var i = 0; i < series.Points.Count; i++)
        {
            if (series.Points[i].IsPresent)
            {
                points[i * intervalMillis] = series.Points[i];
            }
        }

        MarkResets(points);
    }

    // A store of Prometheus knows, of histograms in one chunk, that there was no reset between them.
    private static void MarkResets(SortedDictionary<long, ScriptPoint> points)
    {
        FloatHistogram? previous = null;
        foreach (var (time, point) in points.ToList())
        {
            if (point.Histogram is { ResetHint: CounterResetHint.Unknown } histogram && previous is { ResetHint: not CounterResetHint.Gauge } && !HistogramArithmetic.DetectsReset(histogram, previous))
            {
                points[time] = point with { Histogram = histogram with { ResetHint = CounterResetHint.NotReset } };
            }

            previous = point.Histogram;
        }
    }

    public ValueTask<ISeriesSet> SelectAsync(
        IReadOnlyList<LabelMatcher> matchers, long firstMillis, long lastMillis, CancellationToken cancellationToken)
    {
        var found = _series.Where(entry => matchers.All(matcher => matcher.Matches(entry.Key[matcher.Label]))).OrderBy(entry => entry.Key).ToList();
        return ValueTask.FromResult<ISeriesSet>(new SeriesSet(found, firstMillis, lastMillis));
    }

    private sealed class SeriesSet(
        IReadOnlyList<KeyValuePair<Labels, SortedDictionary<long, ScriptPoint>>> found, long firstMillis, long lastMillis) : ISeriesSet
    {
        public IReadOnlyList<Labels> Series { get; } = [.. found.Select(entry => entry.Key)];

        public ValueTask ReadAsync(int first, ReadOnlyMemory<Samples> buffers, long maxSamples, CancellationToken cancellationToken)
        {
            for (var i = 0; i < buffers.Length; i++)
            {
                Fill(buffers.Span[i], found[first + i].Value);
                maxSamples -= buffers.Span[i].Count;
            }

            return maxSamples >= 0
                ? ValueTask.CompletedTask
                : throw new QueryException(QueryErrorKind.LimitExceeded, "the series have more samples than the query may still read");
        }

        private void Fill(Samples samples, SortedDictionary<long, ScriptPoint> points)
        {
            samples.Clear();
            foreach (var (time, point) in points.Where(entry => entry.Key >= firstMillis && entry.Key <= lastMillis))
            {
                if (point.Histogram is { } histogram)
                {
                    samples.Add(time, histogram);
                }
                else
                {
                    samples.Add(time, point.Value);
                }
            }
        }
    }
}
