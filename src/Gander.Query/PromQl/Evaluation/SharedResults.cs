using Gander.Query.PromQl.Plans;
using Gander.Query.PromQl.Syntax;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>The results of those parts of one running query that occur more than once. Not thread-safe.</summary>
/// <param name="parts">The parts.</param>
internal sealed class SharedResults(SharedParts parts)
{
    // More than this share of a query's memory is not spent on keeping values that could be read again.
    private const int MaxShare = 4;

    private readonly Dictionary<(int Number, long StartMillis, int Steps, bool FindsResets), VectorOperator> _results = [];

    /// <summary>Whether a part occurs more than once.</summary>
    public bool IsShared(Expression expression) => parts.NumberOf(expression) is not null;

    /// <summary>Evaluates a part, or takes the result that it already has at these steps.</summary>
    public async ValueTask<VectorOperator> GetAsync(Expression expression, EvaluationContext context, Func<ValueTask<VectorOperator>> evaluate)
    {
        if (parts.NumberOf(expression) is not { } number)
        {
            return await evaluate().ConfigureAwait(false);
        }

        var key = (number, context.StartMillis, context.Steps, context.FindsResets);
        if (_results.TryGetValue(key, out var known))
        {
            return known;
        }

        var result = await evaluate().ConfigureAwait(false);
        if (result.Series.Count * StepBlock.BytesOf(context.Steps) <= context.Query.Limits.MaxBytes / MaxShare)
        {
            result = new MaterialisedOperator(result.Series, await SeriesScan.ReadAllAsync(result, context).ConfigureAwait(false));
        }

        _results.Add(key, result);
        return result;
    }
}
