using Gander.Query.PromQl.Series;
using Gander.Query.Shared;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>A range selector or subquery as a function over windows sees it. Reading is thread-safe as with vectors.</summary>
internal abstract class RangeInput
{
    /// <summary>What is known of each series.</summary>
    public abstract IReadOnlyList<ResultSeries> Series { get; }

    /// <summary>The end of the window of each step.</summary>
    public required ReferenceTimes References { get; init; }

    /// <summary>The length of the window, open on the left.</summary>
    public required long RangeMillis { get; init; }

    /// <summary>How the edges of the window are treated.</summary>
    public Syntax.RangeEdges Edges { get; init; }

    /// <summary>Where it stands in the query.</summary>
    public required TextPosition Position { get; init; }

    /// <summary>Reads the samples, staleness markers taken out, of some series from <paramref name="first"/> on.</summary>
    public abstract ValueTask ReadAsync(int first, ReadOnlyMemory<Samples> buffers, ReadScratch scratch);
}
