namespace Gander.Query.PromQl.Histograms;

/// <summary>Counts of consecutive buckets; buckets outside are empty. Immutable.</summary>
/// <param name="Offset">The index of the first bucket.</param>
/// <param name="Counts">Absolute counts.</param>
public sealed record BucketRun(int Offset, IReadOnlyList<double> Counts)
{
    /// <summary>No buckets.</summary>
    public static BucketRun Empty { get; } = new(0, []);

    /// <summary>One past the index of the last bucket.</summary>
    public int End => Offset + Counts.Count;

    /// <summary>Whether no bucket is listed; a listed bucket may still hold 0.</summary>
    public bool IsEmpty => Counts.Count == 0;

    /// <summary>The count of the bucket at <paramref name="index"/>, 0 outside.</summary>
    public double this[int index] => index < Offset || index >= End ? 0 : Counts[index - Offset];

    /// <summary>The sum of all counts.</summary>
    public double Sum() => Counts.Sum();

    /// <summary>The same buckets without empty ones at either end.</summary>
    public BucketRun Trimmed()
    {
        var (first, end) = (Offset, End);
        while (first < end && this[first] == 0)
        {
            first++;
        }

        while (end > first && this[end - 1] == 0)
        {
            end--;
        }

        return first == Offset && end == End ? this : first == end ? Empty : Slice(first, end);
    }

    /// <summary>The buckets from <paramref name="first"/> up to and without <paramref name="end"/>.</summary>
    public BucketRun Slice(int first, int end)
    {
        var counts = new double[Math.Max(0, end - first)];
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = this[first + i];
        }

        return new BucketRun(first, counts);
    }

    /// <summary>Every count changed.</summary>
    public BucketRun Map(Func<double, double> change) => new(Offset, [.. Counts.Select(change)]);

    /// <summary>Two runs added, the second one times <paramref name="factor"/>.</summary>
    public BucketRun Plus(BucketRun other, double factor)
    {
        if (other.IsEmpty)
        {
            return this;
        }

        var (first, end) = IsEmpty ? (other.Offset, other.End) : (Math.Min(Offset, other.Offset), Math.Max(End, other.End));
        var counts = new double[end - first];
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = this[first + i] + (factor * other[first + i]);
        }

        return new BucketRun(first, counts);
    }

    /// <summary>The same observations in buckets twice as wide, <paramref name="times"/> times over.</summary>
    public BucketRun Coarsened(int times)
    {
        if (times == 0 || IsEmpty)
        {
            return this;
        }

        var (first, last) = (Coarser(Offset, times), Coarser(End - 1, times));
        var counts = new double[last - first + 1];
        for (var index = Offset; index < End; index++)
        {
            counts[Coarser(index, times) - first] += this[index];
        }

        return new BucketRun(first, counts);
    }

    private static int Coarser(int index, int times) => ((index - 1) >> times) + 1;
}
