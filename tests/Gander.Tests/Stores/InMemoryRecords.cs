using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Tests.Stores;

/// <summary>The exports of one signal in a list: dedupe, sequence numbers, retention and searching, as plainly as can be.</summary>
public sealed class InMemoryRecords<TRecord>(TimeProvider time, TimeSpan keep)
    where TRecord : TelemetryRecord
{
    private static readonly TimeSpan RepeatWindow = TimeSpan.FromMinutes(15);

    private readonly Lock _lock = new();
    private readonly List<Export> _exports = [];
    private readonly Dictionary<ExportFingerprint, DateTimeOffset> _seen = [];
    private long _sequence;

    public WriteOutcome Write(IEnumerable<(ExportFingerprint Fingerprint, IReadOnlyList<TRecord> Records)> batches)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var stored = new List<bool>();
            foreach (var (fingerprint, records) in batches)
            {
                var repeats = fingerprint != default && _seen.TryGetValue(fingerprint, out var at) && now - at <= RepeatWindow;
                stored.Add(!repeats);
                if (!repeats)
                {
                    _exports.Add(new Export(++_sequence, DateOnly.FromDateTime(now.UtcDateTime), records));
                    _seen[fingerprint] = now;
                }
            }

            return new WriteOutcome(_sequence, stored);
        }
    }

    /// <summary>All records in order of arrival.</summary>
    public IReadOnlyList<TRecord> All()
    {
        lock (_lock)
        {
            return [.. _exports.SelectMany(export => export.Records)];
        }
    }

    public long LastSequence
    {
        get
        {
            lock (_lock)
            {
                return _sequence;
            }
        }
    }

    public IReadOnlyList<(long Sequence, IReadOnlyList<TRecord> Records)> Exports(ExportRange range)
    {
        lock (_lock)
        {
            return [.. _exports
                .Where(export => export.Sequence > range.After && export.Sequence <= range.Through && export.Records.Count > 0)
                .Select(export => (export.Sequence, export.Records))];
        }
    }

    /// <summary>Earliest first, in order of arrival within an instant.</summary>
    public IReadOnlyList<TRecord> Earliest(Func<TRecord, bool> predicate) => [.. All().Where(predicate).OrderBy(record => record.OrderNanos)];

    public IReadOnlyList<TRecord> Find(RecordQuery query)
    {
        var found = All().Reverse()
            .Where(record => query.Range.Contains(record.OrderNanos) && query.Conditions.All(condition => RecordMatcher.Matches(record, condition)))
            .OrderByDescending(record => record.OrderNanos)
            .AsEnumerable();
        if (query.After is { } after)
        {
            found = found.Where(record => record.OrderNanos <= after.TimeNanos)
                .Skip(found.Count(record => record.OrderNanos == after.TimeNanos) is var same && same < after.Skip ? same : after.Skip);
        }

        return [.. found.Take(query.Limit)];
    }

    /// <summary>Drops whole days of arrival, never today's, whose newest record is past the keep time; a record from the future counts as of its day's end.</summary>
    public void Sweep(long nowNanos)
    {
        lock (_lock)
        {
            var today = DateOnly.FromDateTime(DateTime.UnixEpoch.AddTicks(nowNanos / 100));
            foreach (var day in _exports.GroupBy(export => export.Day).ToList())
            {
                var endOfDay = (day.Key.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) - DateTime.UnixEpoch).Ticks * 100;
                var newest = day.SelectMany(export => export.Records).Select(record => Math.Min(record.OrderNanos, endOfDay)).DefaultIfEmpty(endOfDay).Max();
                if (day.Key < today && newest < nowNanos - (keep.Ticks * 100))
                {
                    _exports.RemoveAll(export => export.Day == day.Key);
                }
            }
        }
    }

    public SignalStatus Status(Signal signal)
    {
        var times = All().Select(record => record.OrderNanos).ToList();
        return new SignalStatus(signal, times.Count, 0, 0, times.Count == 0 ? null : times.Min(), times.Count == 0 ? null : times.Max(), AcceptsWrites: true);
    }

    private sealed record Export(long Sequence, DateOnly Day, IReadOnlyList<TRecord> Records);
}
