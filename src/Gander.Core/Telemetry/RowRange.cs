namespace Gander.Telemetry;

/// <summary>A half-open range of rows in some columns of a batch. The default value is empty.</summary>
/// <param name="Start">The first row.</param>
/// <param name="End">One past the last row.</param>
public readonly record struct RowRange(int Start, int End)
{
    /// <summary>Rows in the range.</summary>
    public int Count => End - Start;
}
