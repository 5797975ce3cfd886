using System.Runtime.CompilerServices;

namespace Gander.Storage.DuckDb.Metrics.Codec;

/// <summary>Points of one series at one moment; columns may be longer than <see cref="Count"/>. Immutable.</summary>
internal readonly struct PointView(
    int count,
    long[] times,
    long[] bits,
    long[]? starts,
    long firstStart,
    PointForm[]? forms,
    PointForm firstForm,
    PointExtra[]? extras,
    int extraCount,
    byte[]? payload,
    bool isAscending)
{
    /// <summary>Points.</summary>
    public int Count { get; } = count;

    /// <summary>Times.</summary>
    public long[] Times { get; } = times;

    /// <summary>Integers, bits of doubles, or references into the payload.</summary>
    public long[] Bits { get; } = bits;

    /// <summary>Whether the points are in order of time and start and all different.</summary>
    public bool IsAscending { get; } = isAscending;

    /// <summary>Whether all points have one form.</summary>
    public bool HasOneForm => forms is null;

    /// <summary>The flags and exemplars of those points that have some, by row.</summary>
    public ReadOnlySpan<PointExtra> Extras => extras.AsSpan(0, extraCount);

    /// <summary>Where a distribution lies in the payload.</summary>
    public static long Reference(int offset, int length) => ((long)offset << 32) | (uint)length;

    /// <summary>The start of a point.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long StartOf(int row) => starts is null ? firstStart : starts[row];

    /// <summary>The form of a point.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PointForm FormOf(int row) => forms is null ? firstForm : forms[row];

    /// <summary>The distribution of a point.</summary>
    public ReadOnlySpan<byte> PayloadOf(int row) => payload.AsSpan((int)(Bits[row] >> 32), (int)Bits[row]);

    /// <summary>Copies the starts of the first points.</summary>
    public void CopyStarts(int from, Span<long> target)
    {
        if (starts is null)
        {
            target.Fill(firstStart);
        }
        else
        {
            starts.AsSpan(from, target.Length).CopyTo(target);
        }
    }

    /// <summary>The flags and exemplars of a point, if it has some.</summary>
    public bool TryGetExtra(int row, out PointExtra extra)
    {
        var index = extraCount == 0 ? -1 : FindExtra(row);
        extra = index < 0 ? default : extras![index];
        return index >= 0;
    }

    private int FindExtra(int row)
    {
        int low = 0, high = extraCount - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var found = extras![middle].Index;
            if (found == row)
            {
                return middle;
            }

            (low, high) = found < row ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }
}
