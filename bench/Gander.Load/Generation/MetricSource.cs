namespace Gander.Load.Generation;

/// <summary>
/// Metrics of coding agents: 480 emitters with about 42 series each (tokens by model and kind, tool calls by tool, and latency
/// histograms by model), cumulative since one start, all series once a round. Values depend only on series and round, so that
/// several sources may share the rounds. Not thread-safe.
/// </summary>
internal sealed class MetricSource
{
    public static readonly double[] Bounds = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];

    private static readonly byte[] Tokens = Keys.Utf8("gen_ai.client.inference.usage.input_tokens");
    private static readonly byte[] Calls = Keys.Utf8("agent.tool.calls");
    private static readonly byte[] Latency = Keys.Utf8("gen_ai.client.operation.duration");
    private static readonly byte[][] TokenTypes = [Keys.Utf8("input"), Keys.Utf8("output"), Keys.Utf8("cache_read")];
    private static readonly string[] Tools = ["Bash", "Read", "Edit", "Grep", "Glob", "Write", "WebFetch", "TodoWrite", "Task", "NotebookEdit"];

    private readonly long _startNanos;
    private readonly List<Series> _series = [];
    private readonly List<MetricPoint> _batch = [];

    /// <param name="population">Who sends.</param>
    /// <param name="startNanos">When all series began, Unix nanoseconds.</param>
    public MetricSource(Population population, long startNanos)
    {
        _startNanos = startNanos;
        var models = Population.Models.Select(Keys.Utf8).ToArray();
        var tools = Tools.Select(Keys.Utf8).ToArray();
        foreach (var emitter in population.AllEmitters)
        {
            _series.AddRange(
                from model in models
                from type in TokenTypes
                select new Series(emitter, Tokens, Keys.Utf8("{token}"), false, [Field.Of(Keys.RequestModel, model), Field.Of(Keys.TokenType, type)]));
            _series.AddRange(tools.Select(tool => new Series(emitter, Calls, Keys.Utf8("{call}"), false, [Field.Of(Keys.ToolName, tool)])));
            _series.AddRange(models.Select(model => new Series(emitter, Latency, Keys.Utf8("s"), true, [Field.Of(Keys.RequestModel, model)])));
        }
    }

    /// <summary>The number of series, which is the number of points of one round.</summary>
    public int SeriesCount => _series.Count;

    /// <summary>
    /// The points numbered <paramref name="firstNumber"/> and up at <paramref name="nowNanos"/>, where number divided by
    /// <see cref="SeriesCount"/> is the round. The list and its records are valid until the next call.
    /// </summary>
    public IReadOnlyList<MetricPoint> Take(int count, long firstNumber, long nowNanos)
    {
        while (_batch.Count < count)
        {
            _batch.Add(new MetricPoint());
        }

        for (var i = 0; i < count; i++)
        {
            var (round, index) = Math.DivRem(firstNumber + i, SeriesCount);
            Fill(_batch[i], _series[(int)index], index, round, nowNanos);
        }

        return _batch;
    }

    private void Fill(MetricPoint point, Series series, long index, long round, long timeNanos)
    {
        point.Emitter = series.Emitter;
        point.Name = series.Name;
        point.Unit = series.Unit;
        point.StartNanos = _startNanos;
        point.TimeNanos = timeNanos;
        point.Attributes.Clear();
        point.Attributes.AddRange(series.Attributes);
        point.Buckets.Clear();
        if (!series.IsHistogram)
        {
            point.Value = Counted(index, round, bucket: 0) * 10;
            return;
        }

        for (var bucket = 0; bucket <= Bounds.Length; bucket++)
        {
            point.Buckets.Add(Counted(index, round, bucket));
        }

        point.Value = point.Buckets.Sum() * 1.75;
    }

    // Grows by about the same in each round, by a little more or less, and never falls.
    private static long Counted(long index, long round, int bucket)
    {
        var step = 1 + ((index + (bucket * 31)) % 97);
        return ((round + 1) * step) + (long)(SplitMix.Finish(((ulong)index << 32) ^ (ulong)(round * 16) ^ (ulong)bucket) % (ulong)step);
    }

    private sealed record Series(Emitter Emitter, byte[] Name, byte[] Unit, bool IsHistogram, Field[] Attributes);
}
