using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;
using Gander.Query.Shared;

namespace Gander.Benchmarks.PromQl;

/// <summary>
/// Series of coding agents held as columns, so that only the engine is measured: per instance a latency histogram of 17 buckets for
/// four span names, two gauges, a counter of requests by status, and the team it belongs to. A sample a minute.
/// </summary>
internal sealed class GeneratedSeries : ISeriesSource
{
    public const long StepMillis = 60_000;

    private static readonly string[] s_bounds =
        ["2", "4", "6", "8", "10", "50", "100", "200", "400", "800", "1000", "1400", "2000", "5000", "10000", "15000", "+Inf"];

    private static readonly string[] s_models = ["claude-sonnet", "claude-opus", "gpt-5", "gemini-pro"];

    private readonly Dictionary<string, List<(Labels Labels, double[] Values)>> _metrics = new(StringComparer.Ordinal);
    private readonly long[] _times;

    public GeneratedSeries(int instances, int samples)
    {
        _times = [.. Enumerable.Range(0, samples).Select(i => i * StepMillis)];
        var random = new Random(1);
        for (var instance = 0; instance < instances; instance++)
        {
            var host = $"ws-{instance:00000}:9464";
            foreach (var span in (string[])["chat", "tool", "session", "stream"])
            {
                var rates = s_bounds.Select(_ => random.NextDouble()).ToArray();
                for (var bucket = 0; bucket < s_bounds.Length; bucket++)
                {
                    var rate = rates.Take(bucket + 1).Sum();
                    Add("latency_bucket", [new("instance", host), new("le", s_bounds[bucket]), new("model", s_models[instance % 4]), new("span", span)], Counter(rate, random));
                }
            }

            foreach (var status in (string[])["ok", "error"])
            {
                Add("requests_total", [new("instance", host), new("status", status), new("user", $"user-{instance % 200:000}")], Counter(3 * random.NextDouble(), random));
            }

            Add("active_sessions", [new("instance", host), new("job", "agent")], Gauge(random));
            Add("memory_bytes", [new("instance", host), new("job", "agent")], Gauge(random));
            Add("target_info", [new("instance", host), new("team", $"team-{instance % 12}")], [.. _times.Select(_ => 1.0)]);
        }
    }

    /// <summary>All series.</summary>
    public int Count => _metrics.Values.Sum(series => series.Count);

    public ValueTask<ISeriesSet> SelectAsync(
        IReadOnlyList<LabelMatcher> matchers, long firstMillis, long lastMillis, CancellationToken cancellationToken)
    {
        var name = matchers.FirstOrDefault(matcher => matcher is { Label: Labels.MetricName, Operator: MatchOperator.Equal });
        var candidates = name is null ? _metrics.Values.SelectMany(series => series) : _metrics.GetValueOrDefault(name.Value, []);
        var others = matchers.Where(matcher => matcher != name).ToList();
        var found = candidates.Where(series => others.TrueForAll(matcher => matcher.Matches(series.Labels[matcher.Label]))).ToList();
        return ValueTask.FromResult<ISeriesSet>(new SeriesSet(_times, found, firstMillis, lastMillis));
    }

    private void Add(string name, KeyValuePair<string, string>[] labels, double[] values)
    {
        if (!_metrics.TryGetValue(name, out var series))
        {
            _metrics.Add(name, series = []);
        }

        series.Add((Labels.Of([.. labels, new(Labels.MetricName, name)]), values));
    }

    private double[] Counter(double rate, Random random)
    {
        var values = new double[_times.Length];
        var value = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            value = random.Next(2_000) == 0 ? 0 : value + random.Next((int)(rate * 10) + 1);
            values[i] = value;
        }

        return values;
    }

    private double[] Gauge(Random random)
    {
        var values = new double[_times.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (i == 0 ? 100 : values[i - 1]) + random.Next(-5, 6);
        }

        return values;
    }

    private sealed class SeriesSet(long[] times, List<(Labels Labels, double[] Values)> found, long firstMillis, long lastMillis) : ISeriesSet
    {
        private readonly int _first = (int)Math.Clamp((firstMillis + StepMillis - 1) / StepMillis, 0, times.Length);
        private readonly int _end = (int)Math.Clamp((lastMillis / StepMillis) + 1, 0, times.Length);

        public IReadOnlyList<Labels> Series { get; } = found.ConvertAll(series => series.Labels);

        public ValueTask ReadAsync(int first, ReadOnlyMemory<Samples> buffers, long maxSamples, CancellationToken cancellationToken)
        {
            if ((long)buffers.Length * (_end - _first) > maxSamples)
            {
                throw new QueryException(QueryErrorKind.LimitExceeded, "too many samples");
            }

            for (var i = 0; i < buffers.Length; i++)
            {
                var samples = buffers.Span[i];
                samples.Clear();
                samples.Reserve(_end - _first, out var toTimes, out var toValues);
                times.AsSpan(_first, _end - _first).CopyTo(toTimes);
                found[first + i].Values.AsSpan(_first, _end - _first).CopyTo(toValues);
                samples.Advance(_end - _first);
            }

            return ValueTask.CompletedTask;
        }
    }
}
