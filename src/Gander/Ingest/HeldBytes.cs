namespace Gander.Ingest;

/// <summary>Counts the bytes that exports hold in memory, of all signals together, against one limit. Thread-safe.</summary>
public sealed class HeldBytes(long maxBytes)
{
    private long _held;

    /// <summary>Bytes held now.</summary>
    public long Current => Interlocked.Read(ref _held);

    /// <summary>Takes <paramref name="bytes"/> more; false, and nothing taken, when that would pass the limit.</summary>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _held, bytes) <= maxBytes)
        {
            return true;
        }

        Interlocked.Add(ref _held, -bytes);
        return false;
    }

    /// <summary>Gives bytes back.</summary>
    public void Release(long bytes) => Interlocked.Add(ref _held, -bytes);
}
