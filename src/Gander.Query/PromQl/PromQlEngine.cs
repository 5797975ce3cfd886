using Gander.Query.PromQl.Evaluation;
using Gander.Query.PromQl.Plans;
using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;
using Gander.Query.Shared;

namespace Gander.Query.PromQl;

/// <summary>
/// Answers PromQL as Prometheus 3 does: windows and look-back are open on the left, the metric's name is dropped at the end
/// of the query, sums are compensated. Thread-safe.
/// </summary>
/// <param name="source">Where series come from.</param>
/// <param name="limits">What one query may use.</param>
/// <param name="features">Experimental parts that are switched on.</param>
public sealed class PromQlEngine(ISeriesSource source, QueryLimits limits, PromQlFeatures features = PromQlFeatures.None)
{
    /// <summary>Evaluates at one instant.</summary>
    /// <exception cref="QueryException">The query is wrong, fails on the data, or hits a limit.</exception>
    public async Task<(QueryResult Result, Annotations Annotations)> InstantAsync(string query, long timeMillis, CancellationToken cancellationToken)
    {
        var expression = Parser.Parse(query, features);
        var annotations = new Annotations(query);
        var context = Context(timeMillis, timeMillis, 1, annotations, cancellationToken);
        return (await InstantAsync(expression, context).ConfigureAwait(false), annotations);
    }

    /// <summary>Evaluates at each step from the first to the last time, both included.</summary>
    /// <exception cref="QueryException">The query is wrong, fails on the data, or hits a limit.</exception>
    public async Task<(QueryResult.Matrix Result, Annotations Annotations)> RangeAsync(
        string query, long startMillis, long endMillis, long stepMillis, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stepMillis);
        ArgumentOutOfRangeException.ThrowIfLessThan(endMillis, startMillis);
        var expression = Parser.Parse(query, features);
        if (expression.Type is not (ExpressionType.InstantVector or ExpressionType.Scalar))
        {
            throw new QueryException(
                QueryErrorKind.BadQuery,
                $"invalid expression type \"{expression.Type.Describe()}\" for range query, must be Scalar or instant Vector",
                expression.Position);
        }

        var annotations = new Annotations(query);
        var context = Context(startMillis, endMillis, stepMillis, annotations, cancellationToken);
        var compiler = new Compiler(context);
        var vector = expression.Type == ExpressionType.Scalar
            ? VectorFunctions.FromScalar(await compiler.ScalarAsync(expression).ConfigureAwait(false))
            : await compiler.VectorAsync(expression).ConfigureAwait(false);
        return (new QueryResult.Matrix(await ResultAssembler.MatrixAsync(vector, context).ConfigureAwait(false)), annotations);
    }

    /// <summary>
    /// Says how a query would be evaluated, without reading samples: one step at <paramref name="startMillis"/> when
    /// <paramref name="stepMillis"/> is 0, as a range query otherwise.
    /// </summary>
    /// <exception cref="QueryException">The query is wrong.</exception>
    public async Task<QueryPlan> ExplainAsync(string query, long startMillis, long endMillis, long stepMillis, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(stepMillis);
        ArgumentOutOfRangeException.ThrowIfLessThan(endMillis, startMillis);
        var expression = Parser.Parse(query, features);
        var context = Context(startMillis, stepMillis == 0 ? startMillis : endMillis, Math.Max(1, stepMillis), new Annotations(query), cancellationToken);
        var root = await new Planner(context.Query, SharedParts.Find(expression)).DescribeAsync(expression, context).ConfigureAwait(false);
        return new QueryPlan(query, startMillis, context.EndMillis, stepMillis, context.Steps, root);
    }

    private static async ValueTask<QueryResult> InstantAsync(Expression expression, EvaluationContext context)
    {
        var compiler = new Compiler(context);
        switch (expression.Type)
        {
            case ExpressionType.Text:
                return new QueryResult.Text(context.StartMillis, ((Expression.Text)expression.Unwrapped).Value);
            case ExpressionType.Scalar:
                var values = await compiler.ScalarAsync(expression).ConfigureAwait(false);
                return new QueryResult.Scalar(context.StartMillis, values[0]);
            case ExpressionType.InstantVector:
                var vector = await compiler.VectorAsync(expression).ConfigureAwait(false);
                return new QueryResult.Vector(await ResultAssembler.VectorAsync(vector, context).ConfigureAwait(false));
            default:
                var range = await compiler.RangeAsync(expression).ConfigureAwait(false);
                return new QueryResult.Matrix(await ResultAssembler.WindowsAsync(range, context).ConfigureAwait(false));
        }
    }

    private EvaluationContext Context(long startMillis, long endMillis, long stepMillis, Annotations annotations, CancellationToken cancellationToken) => new()
    {
        StartMillis = startMillis,
        StepMillis = stepMillis,
        Steps = checked((int)(((endMillis - startMillis) / stepMillis) + 1)),
        Query = new QueryState(source, limits, annotations, startMillis, endMillis, startMillis == endMillis ? 0 : stepMillis, cancellationToken),
    };
}
