using System.Buffers;

namespace Gander.Query.PromQl.OpenTelemetry;

/// <summary>Times, starts and values of one row on their way from columns of the store; keeps its memory. Not thread-safe.</summary>
internal sealed class PointScratch : IDisposable
{
    private long[] _times = [];
    private long[] _starts = [];
    private double[] _values = [];

    /// <summary>Points held.</summary>
    public int Count { get; private set; }

    /// <summary>Times, Unix nanoseconds. This memory and that of the others is good until the next point is added.</summary>
    public ReadOnlyMemory<long> Times => _times.AsMemory(0, Count);

    /// <summary>Starts, Unix nanoseconds or 0.</summary>
    public ReadOnlyMemory<long> Starts => _starts.AsMemory(0, Count);

    /// <summary>Values.</summary>
    public ReadOnlyMemory<double> Values => _values.AsMemory(0, Count);

    /// <summary>Forgets all points.</summary>
    public void Clear() => Count = 0;

    /// <summary>Adds points; what is returned takes their values.</summary>
    public Span<double> Add(ReadOnlySpan<long> times, ReadOnlySpan<long> starts)
    {
        var needed = Count + times.Length;
        if (_times.Length < needed)
        {
            Grow(ref _times, needed);
            Grow(ref _starts, needed);
            Grow(ref _values, needed);
        }

        times.CopyTo(_times.AsSpan(Count));
        starts.CopyTo(_starts.AsSpan(Count));
        var values = _values.AsSpan(Count, times.Length);
        Count = needed;
        return values;
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        Return(ref _times);
        Return(ref _starts);
        Return(ref _values);
        Count = 0;
    }

    private static void Return<T>(ref T[] array)
    {
        if (array.Length > 0)
        {
            ArrayPool<T>.Shared.Return(array);
        }

        array = [];
    }

    private void Grow<T>(ref T[] array, int needed)
    {
        var larger = ArrayPool<T>.Shared.Rent(Math.Max(256, Math.Max(needed, array.Length * 2)));
        array.AsSpan(0, Count).CopyTo(larger);
        Return(ref array);
        array = larger;
    }
}
