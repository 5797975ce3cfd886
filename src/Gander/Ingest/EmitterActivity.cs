using System.Collections.Concurrent;
using Gander.Telemetry;
using Microsoft.Extensions.Options;

namespace Gander.Ingest;

/// <summary>
/// Remembers who sent what since the server started, so that a person who connects an agent sees it arrive, or why it does
/// not. In memory and bounded: the longest silent is forgotten first. Thread-safe.
/// </summary>
public sealed class EmitterActivity(IOptions<IngestOptions> options, TimeProvider time)
{
    private const int MaxFailures = 64;

    // Remote write names no sender; its series are from anywhere.
    private static readonly Resource RemoteWriter = new([new(AttributeKeys.ServiceName, AttributeValue.Of("Prometheus remote write"))]);

    private readonly ConcurrentDictionary<(string Service, string Host, string User), EmitterStatus> _emitters = new();
    private readonly ConcurrentDictionary<(string Remote, string Transport), ReceiveFailure> _failures = new();

    /// <summary>All known emitters, latest first.</summary>
    public IReadOnlyList<EmitterStatus> Emitters => [.. _emitters.Values.OrderByDescending(emitter => emitter.LastSeen)];

    /// <summary>Addresses whose requests failed, latest first.</summary>
    public IReadOnlyList<ReceiveFailure> Failures => [.. _failures.Values.OrderByDescending(failure => failure.LastSeen)];

    /// <summary>Counts an export that was stored, under each of its resources.</summary>
    /// <param name="batch">The export.</param>
    /// <param name="resourceOf">The resource index of a row.</param>
    /// <param name="notice">What became of it.</param>
    public void Record<TBatch>(TBatch batch, Func<TBatch, int, int> resourceOf, ExportNotice notice)
        where TBatch : TelemetryBatch
    {
        var records = new int[batch.Resources.Count];
        for (var row = 0; row < batch.Count; row++)
        {
            records[resourceOf(batch, row)]++;
        }

        for (var i = 0; i < records.Length; i++)
        {
            var first = i == 0;
            Record(batch.Scopes is [{ Name: PrometheusScope.Name }] ? RemoteWriter : batch.Resources[i], batch.Signal, records[i], first ? notice.Rejected : 0, first ? notice.Message : null);
        }
    }

    /// <summary>Counts a request that failed as a whole.</summary>
    public void RecordFailure(string remote, string transport, string error)
    {
        var now = time.GetUtcNow();
        _failures.AddOrUpdate(
            (remote, transport),
            key => new ReceiveFailure(key.Remote, key.Transport, error, 1, now),
            (_, known) => known with { Error = error, Count = known.Count + 1, LastSeen = now });
        Trim(_failures, MaxFailures, failure => failure.LastSeen);
    }

    private void Record(Resource resource, Signal signal, int records, int rejected, string? message)
    {
        var key = (resource.ServiceName, resource.Text(AttributeKeys.HostName), resource.Text(AttributeKeys.UserName));
        var now = time.GetUtcNow();
        _emitters.AddOrUpdate(
            key,
            known => Count(new EmitterStatus(known.Item1, known.Item2, known.Item3, 0, 0, 0, 0, 0, signal, now, null)),
            (_, known) => Count(known));
        Trim(_emitters, options.Value.MaxRememberedEmitters, emitter => emitter.LastSeen);

        EmitterStatus Count(EmitterStatus known) => known with
        {
            TraceExports = known.TraceExports + (signal == Signal.Traces ? 1 : 0),
            MetricExports = known.MetricExports + (signal == Signal.Metrics ? 1 : 0),
            LogExports = known.LogExports + (signal == Signal.Logs ? 1 : 0),
            Records = known.Records + records,
            Rejected = known.Rejected + rejected,
            LastSignal = signal,
            LastSeen = now,
            LastRejection = message ?? known.LastRejection,
        };
    }

    private static void Trim<TKey, TValue>(ConcurrentDictionary<TKey, TValue> entries, int max, Func<TValue, DateTimeOffset> seen)
        where TKey : notnull
    {
        if (entries.Count <= max)
        {
            return;
        }

        // A tenth at a time, so that a flood of names does not sort the table for each of them.
        foreach (var (key, _) in entries.ToArray().OrderBy(entry => seen(entry.Value)).Take(Math.Max(1, max / 10)))
        {
            entries.TryRemove(key, out _);
        }
    }
}
