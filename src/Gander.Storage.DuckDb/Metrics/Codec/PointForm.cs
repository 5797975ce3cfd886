namespace Gander.Storage.DuckDb.Metrics.Codec;

/// <summary>What the value of one point is. The numbers are written to disk.</summary>
internal enum PointForm : byte
{
    /// <summary>No value.</summary>
    None = 0,

    /// <summary>A 64-bit integer.</summary>
    Int = 1,

    /// <summary>A double.</summary>
    Double = 2,

    /// <summary>A histogram with bounds.</summary>
    Histogram = 3,

    /// <summary>An exponential histogram.</summary>
    ExponentialHistogram = 4,

    /// <summary>A summary.</summary>
    Summary = 5,
}
