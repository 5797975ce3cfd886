namespace Gander.Storage.DuckDb.Metrics.Codec;

/// <summary>Distributions of one shape in columns, each as long as there are rows.</summary>
/// <param name="rows">Points.</param>
/// <param name="mask">Which of the optional figures there are.</param>
/// <param name="shape">The shape.</param>
/// <param name="countColumns">Columns of counts.</param>
/// <param name="counts">The counts, as 64 bits without a sign.</param>
/// <param name="doubleColumns">Columns of doubles.</param>
/// <param name="doubles">The doubles.</param>
internal readonly ref struct DistributionRun(
    int rows, byte mask, byte[] shape, int countColumns, ReadOnlySpan<long> counts, int doubleColumns, ReadOnlySpan<double> doubles)
{
    private readonly ReadOnlySpan<long> _counts = counts;
    private readonly ReadOnlySpan<double> _doubles = doubles;

    /// <summary>Points.</summary>
    public int Rows { get; } = rows;

    /// <summary>Which of the optional figures there are.</summary>
    public byte Mask { get; } = mask;

    /// <summary>The shape.</summary>
    public byte[] Shape { get; } = shape;

    /// <summary>Columns of counts.</summary>
    public int CountColumns { get; } = countColumns;

    /// <summary>Columns of doubles.</summary>
    public int DoubleColumns { get; } = doubleColumns;

    /// <summary>A column of counts.</summary>
    public ReadOnlySpan<long> Counts(int column) => _counts.Slice(column * Rows, Rows);

    /// <summary>A column of doubles.</summary>
    public ReadOnlySpan<double> Doubles(int column) => _doubles.Slice(column * Rows, Rows);
}
