using Gander.Sessions.Agents;
using Gander.Sessions.Facts;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Sessions.Indexing;

/// <summary>Reads the facts of sessions from the stores.</summary>
internal sealed class SessionReader(ISpanStore spans, ILogStore logs, IMetricStore metrics)
{
    private readonly ProcessReader _processes = new(spans);

    /// <summary>A second on each side, for clocks of logs and spans that differ a little.</summary>
    public const long Slack = 1_000_000_000;

    /// <summary>Resources with loose records in the store alone that are remembered.</summary>
    public const int MaxResourcesBefore = 100_000;

    private const int TracesARead = 500;
    private const int MaxSeriesASession = 2_000;
    private const long Day = 86_400_000_000_000;
    private const int MaxPointsARead = 2_000_000;

    private static readonly TimeRange Always = new(long.MinValue, long.MaxValue);

    private const int ExportsBefore = 20_000;

    /// <summary>
    /// All facts of the sessions of one emitter. The batches they were read from are given to <paramref name="use"/> together
    /// with the facts, and disposed afterwards.
    /// </summary>
    public async Task<T> ReadAsync<T>(
        ulong emitterId,
        IReadOnlyCollection<string> sessionIds,
        TimeRange near,
        RecordDetail detail,
        Func<EmitterFacts, SpanBatch, LogBatch, T> use,
        CancellationToken cancellationToken)
    {
        var reader = new FactReader();
        var facts = new EmitterFacts();
        EmitterFacts? Own(Emitter emitter) => emitter.Id == emitterId ? facts : null;

        using var spanBatch = await spans.ReadSessionsAsync(sessionIds, near, detail, cancellationToken).ConfigureAwait(false);
        FactLoader.Load(reader, spanBatch, Own);
        using var logBatch = await logs.ReadSessionsAsync(sessionIds, [.. facts.Traces.Keys], near, detail, cancellationToken).ConfigureAwait(false);
        FactLoader.Load(reader, logBatch, Own);
        var instances = facts.Processes.Values.Select(process => process.Instance).Where(instance => instance.Length > 0).ToList();
        using var points = await ReadPointsAsync(sessionIds, instances, cancellationToken).ConfigureAwait(false);
        FactLoader.Load(reader, points, Own);
        foreach (var process in facts.Processes.Values.Where(process => process.Points.Count > 0))
        {
            // Points are a session's only while no other session of the process is known, also of those not asked for.
            var from = process.Points.Values.Min(point => point.StartNanos);
            foreach (var (_, session) in await _processes.SessionsAsync(process.Instance, from, cancellationToken).ConfigureAwait(false))
            {
                process.Join(session);
            }
        }

        return use(facts, spanBatch, logBatch);
    }

    /// <summary>The sessions that metric points name at or after some time, with who sent them.</summary>
    public async Task<IReadOnlyCollection<(Emitter Emitter, string Session)>> SessionsOfPointsAsync(long fromNanos, CancellationToken cancellationToken)
    {
        var reader = new FactReader();
        var known = new SeriesMatcher.Where(SeriesField.Name, static name => AgentDialects.KnowMetric(name.Text));
        var found = new HashSet<(ulong, string)>();
        var sessions = new List<(Emitter, string)>();
        var instances = new HashSet<string>(StringComparer.Ordinal);
        foreach (var series in await metrics.FindSeriesAsync(new SeriesQuery(new TimeRange(fromNanos, long.MaxValue), [known]), cancellationToken).ConfigureAwait(false))
        {
            var emitter = reader.EmitterOf(series.Resource);
            if (PointReader.SessionOf(series) is { Length: > 0 } session && found.Add((emitter.Id, session)))
            {
                sessions.Add((emitter, session));
            }
            else if (emitter is { Dialect: CallDialect { MetricsNameNoSession: true }, Instance.Length: > 0 } && instances.Add(emitter.Instance))
            {
                var served = await _processes.SessionsAsync(emitter.Instance, fromNanos - Day, cancellationToken).ConfigureAwait(false);
                sessions.AddRange(served.Where(pair => found.Add((pair.Emitter.Id, pair.Session))));
            }
        }

        return sessions;
    }

    /// <summary>Adds the loose records of some resources inside a range.</summary>
    public async Task ReadLooseAsync(EmitterFacts facts, ulong emitterId, IReadOnlyCollection<ulong> resourceIds, TimeRange near, CancellationToken cancellationToken)
    {
        if (resourceIds.Count == 0)
        {
            return;
        }

        using var batch = await logs.ReadLooseAsync(resourceIds, near, cancellationToken).ConfigureAwait(false);
        FactLoader.Load(new FactReader(), batch, emitter => emitter.Id == emitterId ? facts : null);
    }

    /// <summary>The sessions of one emitter that occur in some traces.</summary>
    public async Task<HashSet<string>> SessionsOfTracesAsync(ulong emitterId, IReadOnlyCollection<TraceId> traces, CancellationToken cancellationToken)
    {
        var reader = new FactReader();
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var chunk in traces.Chunk(TracesARead))
        {
            using var batch = await spans.ReadTracesAsync(chunk, near: null, RecordDetail.Attributes, cancellationToken).ConfigureAwait(false);
            for (var row = 0; row < batch.Count; row++)
            {
                var span = reader.Read(batch, row);
                if (span.Session.Length > 0 && span.Emitter.Id == emitterId)
                {
                    found.Add(span.Session);
                }
            }
        }

        return found;
    }

    /// <summary>The traces of which the last exports up to <paramref name="sequence"/> held spans.</summary>
    public Task<HashSet<TraceId>> TracesBeforeAsync(long sequence, int limit, CancellationToken cancellationToken) =>
        spans.ListTracesAsync(new ExportRange(Math.Max(0, sequence - ExportsBefore), sequence), limit, cancellationToken);

    /// <summary>The resources of which the last exports up to <paramref name="sequence"/> held loose records.</summary>
    public Task<HashSet<ulong>> LooseBeforeAsync(long sequence, CancellationToken cancellationToken) =>
        logs.ListLooseResourcesAsync(new ExportRange(Math.Max(0, sequence - ExportsBefore), sequence), MaxResourcesBefore, cancellationToken);

    private async Task<MetricBatch> ReadPointsAsync(IReadOnlyCollection<string> sessionIds, IReadOnlyCollection<string> instances, CancellationToken cancellationToken)
    {
        var known = new SeriesMatcher.Where(SeriesField.Name, static name => AgentDialects.KnowMetric(name.Text));
        var ofSessions = sessionIds.SelectMany(session => PointReader.SessionFields.Select(field => new SeriesMatcher.Equal(field, AttributeValue.Of(session))));
        var ofProcesses = instances.Select(instance => new SeriesMatcher.Equal(SeriesField.OfResource(AttributeKeys.ServiceInstanceId), AttributeValue.Of(instance)));
        var ids = new List<int>();
        foreach (var matcher in ofSessions.Concat(ofProcesses))
        {
            var query = new SeriesQuery(Always, [matcher, known], MaxSeriesASession);
            ids.AddRange((await metrics.FindSeriesAsync(query, cancellationToken).ConfigureAwait(false)).Select(series => series.Id));
        }

        var points = new MetricBatch();
        if (ids.Count > 0)
        {
            await metrics.ReadPointsAsync(ids.Distinct().Order().ToArray(), Always, points, MaxPointsARead, cancellationToken).ConfigureAwait(false);
        }

        return points;
    }

    /// <summary>A range that covers sessions with a little slack, whatever their times.</summary>
    public static TimeRange Around(long startNanos, long endNanos)
    {
        var start = startNanos < long.MinValue + Slack ? long.MinValue : startNanos - Slack;
        var end = endNanos > long.MaxValue - Slack ? long.MaxValue : endNanos + Slack;
        return new TimeRange(Math.Min(start, end), Math.Max(start, end));
    }
}
