using System.Runtime.InteropServices;
using Gander.Hosting;
using Gander.Load;
using Gander.Load.Generation;
using Gander.Load.Sending;
using Gander.Storage.DuckDb;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.EndToEnd.Safety;

/// <summary>How often each generated record is in a store.</summary>
internal sealed class StoredRecords
{
    private const int SeriesAtATime = 500;
    private const int MaxPointsAtATime = 10_000_000;

    private readonly Dictionary<RecordId, int> _spans = [];
    private readonly Dictionary<RecordId, int> _logs = [];
    private readonly Dictionary<long, int> _pointsByTime = [];

    private StoredRecords()
    {
    }

    /// <summary>Opens the store of a data folder and counts what it holds; no server may run on it.</summary>
    public static async Task<StoredRecords> ReadAsync(string data, CancellationToken cancellationToken)
    {
        var options = new DuckDbStoreOptions { Folder = DataFolder.StoreFolder(data) };
        await using var store = await DuckDbStore.OpenAsync(options, TimeProvider.System, logger: null, cancellationToken);
        var records = new StoredRecords();
        await foreach (var exports in store.Spans.ReadExportsAsync(new ExportRange(0), RecordDetail.Columns, cancellationToken))
        {
            using (exports.Batch)
            {
                Count(records._spans, exports.Batch.SpanIds);
            }
        }

        await foreach (var exports in store.Logs.ReadExportsAsync(new ExportRange(0), RecordDetail.Columns, cancellationToken))
        {
            using (exports.Batch)
            {
                Count(records._logs, exports.Batch.SpanIds);
            }
        }

        await records.CountPointsAsync(store.Metrics, cancellationToken);
        return records;
    }

    /// <summary>Every record of an acknowledged body is there once; of a body that got no answer at most once; of a refused one never.</summary>
    public void AssertHolds(LoadSignal signal, IReadOnlyList<BodyResult> bodies, ushort run = 1)
    {
        var problems = new List<string>();
        foreach (var body in bodies)
        {
            var (least, most) = Times(signal, run, body);
            var fits = body.Outcome switch
            {
                ExportOutcome.Acknowledged => (least, most) == (1, 1),
                ExportOutcome.Unknown => least == most && most <= 1,
                _ => most == 0,
            };
            if (!fits)
            {
                problems.Add($"{signal} body {body.Index} ({body.Outcome}, sent {body.Attempts} times): its records are there {least} to {most} times");
            }
        }

        Assert.True(problems.Count == 0, string.Join('\n', problems.Take(20).Prepend($"{problems.Count} of {bodies.Count} bodies are wrong")));
    }

    // Data points have no id of their own, but each body its own time, and a point that is written twice counts once by definition.
    private (int Least, int Most) Times(LoadSignal signal, ushort run, BodyResult body)
    {
        if (signal == LoadSignal.Metrics)
        {
            var (whole, rest) = Math.DivRem(_pointsByTime.GetValueOrDefault(body.TimeNanos), body.Records);
            return (whole, whole + (rest > 0 ? 1 : 0));
        }

        var times = signal == LoadSignal.Traces ? _spans : _logs;
        var (least, most) = (int.MaxValue, 0);
        for (var i = 0; i < body.Records; i++)
        {
            var count = times.GetValueOrDefault(new RecordId(run, body.FirstRecord + i));
            (least, most) = (Math.Min(least, count), Math.Max(most, count));
        }

        return (least, most);
    }

    private static void Count(Dictionary<RecordId, int> times, Column<SpanId> ids)
    {
        foreach (var id in ids.Values)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(times, RecordId.FromSpanId(id.Value), out _)++;
        }
    }

    private async Task CountPointsAsync(IMetricStore metrics, CancellationToken cancellationToken)
    {
        using var points = new MetricBatch();
        var last = 0;
        while (await metrics.ReadSeriesAfterAsync(last, SeriesAtATime, cancellationToken) is { Count: > 0 } series)
        {
            var ids = series.Select(one => one.Id).ToArray();
            await metrics.ReadPointsAsync(ids, TimeRange.All, points, MaxPointsAtATime, cancellationToken);
            foreach (var point in points.Points.Values)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(_pointsByTime, point.TimeNanos, out _)++;
            }

            last = ids[^1];
        }
    }
}
