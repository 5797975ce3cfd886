namespace Gander.Query.PromQl.Evaluation;

/// <summary>
/// A part of a running query that yields series. All labels are known before any value, so that groups and pairs are formed
/// once and not at each step. Series may be read in any order, any number of times and, with a scratch of its own each, from
/// many threads.
/// </summary>
internal abstract class VectorOperator
{
    /// <summary>The series, in the order a query without sorting would show them.</summary>
    public abstract IReadOnlyList<ResultSeries> Series { get; }

    /// <summary>Fills blocks, each cleared first, with the values of series <paramref name="first"/>, the next one, and so on.</summary>
    public abstract ValueTask ReadAsync(int first, ReadOnlyMemory<StepBlock> blocks, ReadScratch scratch);
}
