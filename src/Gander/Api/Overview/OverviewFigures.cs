using System.Runtime.InteropServices;
using System.Text;
using Gander.Api.Calls;
using Gander.Sessions;
using Gander.Telemetry;

namespace Gander.Api.Overview;

/// <summary>Adds up what the overview shows. Not thread-safe.</summary>
internal sealed class OverviewFigures
{
    /// <summary>goose names the wait for a model's first byte so; the length of every other span of a chat is that of the whole call.</summary>
    private static readonly byte[] FirstByteSpan = "stream_response_from_provider"u8.ToArray();

    private readonly TimeBuckets _buckets;
    private readonly Dictionary<string, ToolUse> _tools = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _agents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ModelTimes> _models = new(StringComparer.Ordinal);

    /// <summary>Starts at zero.</summary>
    /// <param name="range">The range; not empty.</param>
    /// <param name="maxBuckets">The most buckets, at least 10. Buckets begin at round times, so the first may begin before the range.</param>
    public OverviewFigures(TimeRange range, int maxBuckets)
    {
        _buckets = new TimeBuckets(range, maxBuckets);
        SessionSeries = Series(Enum.GetValues<SessionStatus>().Length);
        TokenSeries = Series(5);
        CallSeries = Series(4);
    }

    /// <summary>The range.</summary>
    public TimeRange Range => _buckets.Range;

    /// <summary>The length of a bucket.</summary>
    public long StepNanos => _buckets.StepNanos;

    /// <summary>How many buckets there are.</summary>
    public int Buckets => _buckets.Count;

    /// <summary>Sessions with any part in the range, also those that started before it.</summary>
    public int Active { get; private set; }

    /// <summary>Sessions that started in the range.</summary>
    public int Sessions { get; private set; }

    /// <summary>How long the sessions that started in the range and no longer run took.</summary>
    public SessionLengths Lengths { get; } = new();

    /// <summary>Tokens of the sessions that started in the range.</summary>
    public TokenUsage Tokens { get; private set; }

    /// <summary>US dollars of those of them that are priced.</summary>
    public decimal CostUsd { get; private set; }

    /// <summary>How many of them are not priced.</summary>
    public int Unpriced { get; private set; }

    /// <summary>How many of them may have tool failures that telemetry did not show.</summary>
    public int ToolFailuresUnknown { get; private set; }

    /// <summary>By status, then bucket: sessions that started there.</summary>
    public double[][] SessionSeries { get; }

    /// <summary>Input, output, cache read, cache write, reasoning; by bucket of the session's start.</summary>
    public double[][] TokenSeries { get; }

    /// <summary>Model calls, model errors, tool calls, tool failures; by bucket of the session's start.</summary>
    public double[][] CallSeries { get; }

    /// <summary>Tools, most calls first.</summary>
    public IEnumerable<ToolUse> Tools => _tools.Values.OrderByDescending(tool => tool.Calls).ThenBy(tool => tool.Name, StringComparer.Ordinal);

    /// <summary>Agents with their sessions, most sessions first.</summary>
    public IEnumerable<KeyValuePair<string, int>> Agents => _agents.OrderByDescending(agent => agent.Value).ThenBy(agent => agent.Key, StringComparer.Ordinal);

    /// <summary>Models with their measured times, most measurements first.</summary>
    public IEnumerable<KeyValuePair<string, ModelTimes>> Models =>
        _models.OrderByDescending(model => model.Value.Count).ThenBy(model => model.Key, StringComparer.Ordinal);

    /// <summary>The start of a bucket, Unix nanoseconds.</summary>
    public long BucketStart(int bucket) => _buckets.Start(bucket);

    /// <summary>Adds a session that overlaps the range.</summary>
    public void Add(SessionSummary session)
    {
        Active++;
        if (!_buckets.Range.Contains(session.StartNanos))
        {
            return;
        }

        Sessions++;
        Lengths.Add(session);
        Tokens += session.Tokens;
        CostUsd += session.CostUsd ?? 0;
        Unpriced += session.CostUsd is null ? 1 : 0;
        ToolFailuresUnknown += session.ToolFailuresKnown ? 0 : 1;
        CollectionsMarshal.GetValueRefOrAddDefault(_agents, session.Agent, out _)++;
        foreach (var tool in session.Tools)
        {
            ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(_tools, tool.Name, out _);
            sum = new ToolUse(tool.Name, (sum?.Calls ?? 0) + tool.Calls, (sum?.Failures ?? 0) + tool.Failures);
        }

        AddToSeries(session, _buckets.Of(session.StartNanos));
    }

    /// <summary>Adds the span of a model call that was answered.</summary>
    public void Add(SpanBatch batch, int row)
    {
        var model = ModelOf(batch, row);
        if (!_models.TryGetValue(model, out var times))
        {
            times = new ModelTimes();
            _models.Add(model, times);
        }

        var list = batch.Text[batch.Names[row]].SequenceEqual(FirstByteSpan) ? times.FirstByteNanos : times.WholeNanos;
        list.Add(batch.EndNanos[row] - batch.StartNanos[row]);
    }

    private void AddToSeries(SessionSummary session, int bucket)
    {
        SessionSeries[(int)session.Status][bucket]++;
        TokenSeries[0][bucket] += session.Tokens.Input;
        TokenSeries[1][bucket] += session.Tokens.Output;
        TokenSeries[2][bucket] += session.Tokens.CacheRead;
        TokenSeries[3][bucket] += session.Tokens.CacheWrite;
        TokenSeries[4][bucket] += session.Tokens.Reasoning;
        CallSeries[0][bucket] += session.ModelCalls;
        CallSeries[1][bucket] += session.ModelErrors;
        CallSeries[2][bucket] += session.ToolCalls;
        CallSeries[3][bucket] += session.ToolFailures;
    }

    private static string ModelOf(SpanBatch batch, int row)
    {
        var range = batch.AttributeRanges[row];
        for (var at = range.End - 1; at >= range.Start; at--)
        {
            if (Ascii.Equals(batch.Text[batch.Attributes.Keys[at]], AttributeKeys.RequestModel))
            {
                return batch.Text.ToString(batch.Attributes.Texts[at]);
            }
        }

        return "";
    }

    private double[][] Series(int count) => [.. Enumerable.Range(0, count).Select(_ => new double[Buckets])];
}
