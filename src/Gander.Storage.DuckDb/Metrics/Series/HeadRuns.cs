using Gander.Storage.DuckDb.Metrics.Codec;

namespace Gander.Storage.DuckDb.Metrics.Series;

/// <summary>Points of one series in memory, in the order they were written: sealed chunks, then the open columns. Immutable.</summary>
internal sealed class HeadRuns(Chunk[] chunks, int count, PointView? open)
{
    /// <summary>The sealed chunks.</summary>
    public ReadOnlySpan<Chunk> Chunks => chunks.AsSpan(0, count);

    /// <summary>The points behind them, in the order they were written.</summary>
    public PointView? Open { get; } = open;
}
