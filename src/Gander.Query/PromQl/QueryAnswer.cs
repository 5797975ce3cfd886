using Gander.Query.PromQl.Evaluation;

namespace Gander.Query.PromQl;

/// <summary>The answer of a query with what is to be said about it.</summary>
/// <param name="Result">The result.</param>
/// <param name="Annotations">Warnings and hints.</param>
/// <param name="Statistics">What it cost.</param>
public sealed record QueryAnswer<TResult>(TResult Result, Annotations Annotations, QueryStatistics Statistics)
    where TResult : QueryResult
{
    /// <summary>Takes the answer apart where its cost does not matter.</summary>
    public void Deconstruct(out TResult result, out Annotations annotations) => (result, annotations) = (Result, Annotations);
}
