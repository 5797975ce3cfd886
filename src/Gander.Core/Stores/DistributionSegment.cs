namespace Gander.Stores;

/// <summary>
/// Points of one series that follow each other and have the same bounds or quantiles: a block of columns in a
/// <see cref="DistributionBuffer"/>. Column <c>c</c> of row <c>r</c> of a block is at <c>offset + c × Rows + r</c>.
/// </summary>
/// <param name="Row">The first row in <see cref="DistributionBuffer.Times"/>.</param>
/// <param name="Rows">How many points.</param>
/// <param name="Layout">Upper bounds without infinity, or quantiles; null when no value was recorded.</param>
/// <param name="CountColumns">Of a histogram 1 (the observations) plus the buckets that were sent; of a summary 1.</param>
/// <param name="Counts">Where the block starts in <see cref="DistributionBuffer.Counts"/>.</param>
/// <param name="HasSum">Whether there is a sum.</param>
/// <param name="Doubles">Where its block starts in <see cref="DistributionBuffer.Doubles"/>: the sum if there is one, then a summary's values.</param>
public readonly record struct DistributionSegment(
    int Row, int Rows, double[]? Layout, int CountColumns, int Counts, bool HasSum, int Doubles);
