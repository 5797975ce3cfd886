using System.Runtime.CompilerServices;

namespace Gander.Telemetry;

/// <summary>A growing column of values that keeps its memory when it is cleared. Not thread-safe.</summary>
/// <typeparam name="T">The type of one value.</typeparam>
public sealed class Column<T>
    where T : struct
{
    private T[] _values = new T[16];

    /// <summary>Values held.</summary>
    public int Count { get; private set; }

    /// <summary>All values; invalid after the next <see cref="Add"/>.</summary>
    public Span<T> Values => _values.AsSpan(0, Count);

    /// <summary>The value at <paramref name="row"/>.</summary>
    public ref T this[int row] => ref Values[row];

    /// <summary>Adds a value at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(T value)
    {
        if (Count == _values.Length)
        {
            Array.Resize(ref _values, Count * 2);
        }

        _values[Count++] = value;
    }

    /// <summary>Drops the values from <paramref name="count"/> on.</summary>
    public void Truncate(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count);
        Count = count;
    }

    /// <summary>Forgets all values and keeps the memory.</summary>
    public void Clear() => Count = 0;
}
