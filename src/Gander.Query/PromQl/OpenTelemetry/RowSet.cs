using System.Numerics;

namespace Gander.Query.PromQl.OpenTelemetry;

/// <summary>Operations on ascending row numbers.</summary>
internal static class RowSet
{
    private const int GallopFactor = 16;

    /// <summary>Rows in both.</summary>
    public static int[] Intersect(ReadOnlySpan<int> left, ReadOnlySpan<int> right)
    {
        var few = left.Length <= right.Length ? left : right;
        var many = left.Length <= right.Length ? right : left;
        var kept = new int[few.Length];
        var count = 0;
        var gallops = many.Length / GallopFactor > few.Length;
        foreach (var row in few)
        {
            var at = gallops ? LowerBound(many, row) : Advance(many, row);
            many = many[at..];
            if (many.IsEmpty)
            {
                break;
            }

            if (many[0] == row)
            {
                kept[count++] = row;
            }
        }

        return count == kept.Length ? kept : kept[..count];
    }

    /// <summary>Rows of the first that are not in the second.</summary>
    public static int[] Except(ReadOnlySpan<int> left, ReadOnlySpan<int> right)
    {
        var kept = new int[left.Length];
        var count = 0;
        foreach (var row in left)
        {
            right = right[Advance(right, row)..];
            if (right.IsEmpty || right[0] != row)
            {
                kept[count++] = row;
            }
        }

        return count == kept.Length ? kept : kept[..count];
    }

    /// <summary>Rows in any of the sets, all below <paramref name="rowCount"/>.</summary>
    public static int[] Union(IReadOnlyList<Postings> sets, int rowCount)
    {
        if (sets.Count <= 1)
        {
            return sets.Count == 0 ? [] : sets[0].Rows.ToArray();
        }

        var bits = new ulong[(rowCount + 63) / 64];
        var total = 0;
        foreach (var set in sets)
        {
            foreach (var row in set.Rows)
            {
                bits[row >> 6] |= 1UL << row;
            }
        }

        foreach (var word in bits)
        {
            total += BitOperations.PopCount(word);
        }

        var rows = new int[total];
        var count = 0;
        for (var i = 0; i < bits.Length; i++)
        {
            for (var word = bits[i]; word != 0; word &= word - 1)
            {
                rows[count++] = (i << 6) + BitOperations.TrailingZeroCount(word);
            }
        }

        return rows;
    }

    private static int Advance(ReadOnlySpan<int> rows, int row)
    {
        var at = 0;
        while (at < rows.Length && rows[at] < row)
        {
            at++;
        }

        return at;
    }

    private static int LowerBound(ReadOnlySpan<int> rows, int row)
    {
        int low = 0, high = rows.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = rows[middle] < row ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
