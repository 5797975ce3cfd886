namespace Gander.Query.PromQl.Evaluation;

/// <summary>
/// A part of a running query that yields series. All labels are known before any value, so that groups and pairs are formed
/// once and not at each step. <see cref="Read"/> may be called for any series, any number of times and from many threads.
/// </summary>
internal abstract class VectorOperator
{
    /// <summary>The series, in the order a query without sorting would show them.</summary>
    public abstract IReadOnlyList<ResultSeries> Series { get; }

    /// <summary>Fills a cleared block with the values of series <paramref name="index"/>.</summary>
    public abstract void Read(int index, StepBlock block);
}
