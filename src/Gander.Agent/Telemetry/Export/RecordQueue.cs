using System.Collections.Concurrent;

namespace Gander.Agent.Telemetry.Export;

/// <summary>
/// Records of one signal that wait for their export. At most <see cref="MaxRecords"/> with <see cref="MaxTextBytes"/> of text wait; more than that are dropped
/// and counted, as the agent must not stop for its telemetry. Many threads add, one takes.
/// </summary>
internal sealed class RecordQueue<T>
    where T : class
{
    public const int MaxRecords = 4_096;
    public const long MaxTextBytes = 64 * 1024 * 1024;

    private readonly ConcurrentQueue<(T Record, long TextBytes)> _records = new();
    private long _count;
    private long _textBytes;
    private long _dropped;

    /// <summary>Records that wait.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>The text in them, in letters.</summary>
    public long TextBytes => Interlocked.Read(ref _textBytes);

    /// <summary>Records dropped so far.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Adds one, or drops it.</summary>
    public void Add(T record, long textBytes)
    {
        if (Count >= MaxRecords || TextBytes + textBytes > MaxTextBytes)
        {
            Interlocked.Increment(ref _dropped);
            return;
        }

        Interlocked.Increment(ref _count);
        Interlocked.Add(ref _textBytes, textBytes);
        _records.Enqueue((record, textBytes));
    }

    /// <summary>Takes the oldest, or null.</summary>
    public T? Take()
    {
        if (!_records.TryDequeue(out var entry))
        {
            return null;
        }

        Interlocked.Decrement(ref _count);
        Interlocked.Add(ref _textBytes, -entry.TextBytes);
        return entry.Record;
    }
}
