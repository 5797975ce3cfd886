using System.Buffers;
using Gander.Telemetry;

namespace Gander.Stores;

/// <summary>
/// Histograms and summaries of several series in pooled columns, owned by the caller and made for reuse: run <c>i</c> holds the
/// segments of the <c>i</c>-th series asked for. Counts are rounded to the nearest double. Not thread-safe.
/// </summary>
/// <param name="maxFigures">Counts and doubles the buffer may hold; a read that needs more fails.</param>
public sealed class DistributionBuffer(long maxFigures) : IDisposable
{
    private readonly List<DistributionSegment> _segments = [];
    private readonly List<int> _ends = [];
    private long[] _times = [];
    private long[] _starts = [];
    private double[] _counts = [];
    private double[] _doubles = [];
    private int _rows;
    private int _countsUsed;
    private int _doublesUsed;

    /// <summary>Runs finished.</summary>
    public int RunCount => _ends.Count;

    /// <summary>All segments.</summary>
    public IReadOnlyList<DistributionSegment> Segments => _segments;

    /// <summary>Times, Unix nanoseconds.</summary>
    public ReadOnlySpan<long> Times => _times.AsSpan(0, _rows);

    /// <summary>Stream or interval starts, Unix nanoseconds, 0 when not sent.</summary>
    public ReadOnlySpan<long> Starts => _starts.AsSpan(0, _rows);

    /// <summary>Observations and buckets; the caller may change them.</summary>
    public Span<double> Counts => _counts.AsSpan(0, _countsUsed);

    /// <summary>Sums and values at quantiles.</summary>
    public ReadOnlySpan<double> Doubles => _doubles.AsSpan(0, _doublesUsed);

    /// <summary>The segments of run <paramref name="index"/>.</summary>
    public RowRange Run(int index) => new(index == 0 ? 0 : _ends[index - 1], _ends[index]);

    /// <summary>Adds a segment and hands out its blocks to be filled.</summary>
    /// <exception cref="SampleLimitException">It has more figures than are left.</exception>
    public void Add(int rows, double[]? layout, int countColumns, bool hasSum, int doubleColumns, out Span<long> times, out Span<long> starts, out Span<double> counts, out Span<double> doubles)
    {
        var figures = (long)rows * (countColumns + doubleColumns);
        if (figures + rows > maxFigures - _countsUsed - _doublesUsed)
        {
            throw new SampleLimitException(maxFigures);
        }

        _segments.Add(new DistributionSegment(_rows, rows, layout, countColumns, _countsUsed, hasSum, _doublesUsed));
        Reserve(ref _times, _rows, rows);
        Reserve(ref _starts, _rows, rows);
        Reserve(ref _counts, _countsUsed, rows * countColumns);
        Reserve(ref _doubles, _doublesUsed, rows * doubleColumns);
        times = _times.AsSpan(_rows, rows);
        starts = _starts.AsSpan(_rows, rows);
        counts = _counts.AsSpan(_countsUsed, rows * countColumns);
        doubles = _doubles.AsSpan(_doublesUsed, rows * doubleColumns);
        _rows += rows;
        _countsUsed += rows * countColumns;
        _doublesUsed += rows * doubleColumns;
    }

    /// <summary>Forgets the segments from <paramref name="count"/> on, which must be of the run that is being filled.</summary>
    public void Truncate(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, _ends.Count == 0 ? 0 : _ends[^1]);
        if (count < _segments.Count)
        {
            var first = _segments[count];
            (_rows, _countsUsed, _doublesUsed) = (first.Row, first.Counts, first.Doubles);
            _segments.RemoveRange(count, _segments.Count - count);
        }
    }

    /// <summary>Ends the run that is being filled.</summary>
    public void EndRun() => _ends.Add(_segments.Count);

    /// <summary>Forgets everything and keeps the memory.</summary>
    public void Clear()
    {
        _segments.Clear();
        _ends.Clear();
        (_rows, _countsUsed, _doublesUsed) = (0, 0, 0);
    }

    /// <summary>Gives the memory back to the pool.</summary>
    public void Dispose()
    {
        Clear();
        Return(ref _times);
        Return(ref _starts);
        Return(ref _counts);
        Return(ref _doubles);
    }

    private static void Return<T>(ref T[] array)
    {
        if (array.Length > 0)
        {
            ArrayPool<T>.Shared.Return(array);
        }

        array = [];
    }

    private static void Reserve<T>(ref T[] array, int used, int more)
    {
        if (array.Length - used >= more)
        {
            return;
        }

        var larger = ArrayPool<T>.Shared.Rent((int)Math.Min(Math.Max(used + (long)more, Math.Max(1024, array.Length * 2L)), Array.MaxLength));
        array.AsSpan(0, used).CopyTo(larger);
        Return(ref array);
        array = larger;
    }
}
