using Gander.Query.PromQl.Histograms;
using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;

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

    public ValueTask<IReadOnlyList<SelectedSeries>> SelectAsync(
        IReadOnlyList<LabelMatcher> matchers, long firstMillis, long lastMillis, long maxSamples, CancellationToken cancellationToken)
    {
        var found = new List<SelectedSeries>();
        foreach (var (labels, points) in _series.Where(entry => matchers.All(matcher => Matches(matcher, entry.Key[matcher.Label]))))
        {
            var samples = new Samples();
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

            if (samples.Count > 0)
            {
                found.Add(new SelectedSeries(labels, samples));
            }
        }

        found.Sort((left, right) => left.Labels.CompareTo(right.Labels));
        return ValueTask.FromResult<IReadOnlyList<SelectedSeries>>(found);
    }

    private static bool Matches(LabelMatcher matcher, string value) => matcher.Operator switch
    {
        MatchOperator.Equal => value == matcher.Value,
        MatchOperator.NotEqual => value != matcher.Value,
        MatchOperator.Matches => LabelPattern.Compile(matcher.Value).IsMatch(value),
        _ => !LabelPattern.Compile(matcher.Value).IsMatch(value),
    };
}
