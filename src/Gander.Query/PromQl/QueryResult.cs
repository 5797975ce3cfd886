namespace Gander.Query.PromQl;

/// <summary>The answer of a query: a closed set of cases, named as the HTTP API of Prometheus names them.</summary>
public abstract record QueryResult
{
    private QueryResult()
    {
    }

    /// <summary>A number.</summary>
    /// <param name="TimeMillis">The evaluation time.</param>
    /// <param name="Value">The value.</param>
    public sealed record Scalar(long TimeMillis, double Value) : QueryResult;

    /// <summary>A text.</summary>
    /// <param name="TimeMillis">The evaluation time.</param>
    /// <param name="Value">The value.</param>
    public sealed record Text(long TimeMillis, string Value) : QueryResult;

    /// <summary>One sample a series, in the order the query gives them.</summary>
    /// <param name="Samples">The samples.</param>
    public sealed record Vector(IReadOnlyList<VectorSample> Samples) : QueryResult;

    /// <summary>Samples over time a series, sorted by labels.</summary>
    /// <param name="Series">The series.</param>
    public sealed record Matrix(IReadOnlyList<MatrixSeries> Series) : QueryResult;
}
