using System.Buffers;
using Gander.Telemetry;

namespace Gander.Stores;

/// <summary>
/// Samples of several series in pooled columns, owned by the caller and made for reuse: run <c>i</c> holds the samples of the
/// <c>i</c>-th series asked for. Integers are rounded to the nearest double; a point without a recorded value is the NaN
/// that Prometheus uses as its staleness marker (<see cref="StaleBits"/>). Not thread-safe.
/// </summary>
/// <param name="maxSamples">Samples the buffer may hold; a read that needs more fails.</param>
public sealed class SampleBuffer(int maxSamples) : IDisposable
{
    /// <summary>The bits of the value of a point that says no value was recorded.</summary>
    public const long StaleBits = 0x7ff0000000000002;

    private readonly List<int> _ends = [];
    private long[] _times = [];
    private long[] _starts = [];
    private double[] _values = [];

    /// <summary>Samples the buffer may hold.</summary>
    public int MaxSamples { get; } = maxSamples;

    /// <summary>Samples held.</summary>
    public int Count { get; private set; }

    /// <summary>Runs finished.</summary>
    public int RunCount => _ends.Count;

    /// <summary>Times, Unix nanoseconds, in all runs one after the other; the array may be longer than <see cref="Count"/>.</summary>
    public long[] Times => _times;

    /// <summary>Stream or interval starts, Unix nanoseconds, 0 when not sent; as long as <see cref="Times"/>.</summary>
    public long[] Starts => _starts;

    /// <summary>Values; as long as <see cref="Times"/>.</summary>
    public double[] Values => _values;

    /// <summary>Where the run that is being filled starts.</summary>
    public int OpenStart => _ends.Count == 0 ? 0 : _ends[^1];

    /// <summary>The rows of run <paramref name="index"/>.</summary>
    public RowRange Run(int index) => new(index == 0 ? 0 : _ends[index - 1], _ends[index]);

    /// <summary>Makes room for <paramref name="count"/> more rows behind <see cref="Count"/>; write them into the arrays, then <see cref="Advance"/>.</summary>
    /// <exception cref="SampleLimitException">They would be more than allowed.</exception>
    public void Reserve(int count)
    {
        if (count > MaxSamples - Count)
        {
            throw new SampleLimitException(MaxSamples);
        }

        if (_times.Length - Count < count)
        {
            var wanted = (int)Math.Min(Math.Max(Count + (long)count, Math.Max(1024, _times.Length * 2L)), Array.MaxLength);
            Grow(ref _times, wanted);
            Grow(ref _starts, wanted);
            Grow(ref _values, wanted);
        }
    }

    /// <summary>Counts <paramref name="count"/> rows written to the arrays as used.</summary>
    public void Advance(int count) => Count += count;

    /// <summary>Drops the rows from <paramref name="count"/> on, inside the run that is being filled.</summary>
    public void Truncate(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, OpenStart);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count);
        Count = count;
    }

    /// <summary>Ends the run that is being filled.</summary>
    public void EndRun() => _ends.Add(Count);

    /// <summary>Forgets all samples and keeps the memory.</summary>
    public void Clear()
    {
        _ends.Clear();
        Count = 0;
    }

    /// <summary>Gives the memory back to the pool.</summary>
    public void Dispose()
    {
        Clear();
        Return(ref _times);
        Return(ref _starts);
        Return(ref _values);
    }

    private static void Return<T>(ref T[] array)
    {
        if (array.Length > 0)
        {
            ArrayPool<T>.Shared.Return(array);
        }

        array = [];
    }

    // All three columns ask for the same length and therefore come from buckets of the same size.
    private void Grow<T>(ref T[] array, int wanted)
    {
        var larger = ArrayPool<T>.Shared.Rent(wanted);
        array.AsSpan(0, Count).CopyTo(larger);
        Return(ref array);
        array = larger;
    }
}
