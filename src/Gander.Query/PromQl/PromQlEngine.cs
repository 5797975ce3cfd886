using System.Globalization;
using Gander.Query.PromQl.Evaluation;
using Gander.Query.PromQl.Plans;
using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;
using Gander.Query.Shared;

namespace Gander.Query.PromQl;

/// <summary>
/// Answers PromQL as Prometheus 3 does: windows and look-back are open on the left, the metric's name is dropped at the end
/// of the query, sums are compensated. Answers do not depend on the number of threads. Thread-safe.
/// </summary>
/// <param name="source">Where series come from.</param>
/// <param name="limits">What one query may use.</param>
/// <param name="features">Experimental parts that are switched on.</param>
/// <param name="timeProvider">Measures how long queries run; the system's clock when it is null.</param>
public sealed class PromQlEngine(
    ISeriesSource source, QueryLimits limits, PromQlFeatures features = PromQlFeatures.None, TimeProvider? timeProvider = null)
{
    private readonly TimeProvider _time = timeProvider ?? TimeProvider.System;

    /// <summary>Whether answers tell how many samples each step looked at, which takes a little longer.</summary>
    public bool CountsSteps { get; init; }

    /// <summary>Evaluates at one instant.</summary>
    /// <exception cref="QueryException">The query is wrong, fails on the data, or hits a limit.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<QueryAnswer<QueryResult>> InstantAsync(string query, long timeMillis, CancellationToken cancellationToken)
    {
        var expression = Parser.Parse(query, features);
        return RunAsync(query, timeMillis, timeMillis, 1, context => InstantAsync(expression, context), cancellationToken);
    }

    /// <summary>Evaluates at each step from the first to the last time, both included.</summary>
    /// <exception cref="QueryException">The query is wrong, fails on the data, or hits a limit.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<QueryAnswer<QueryResult.Matrix>> RangeAsync(
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

        return RunAsync(query, startMillis, endMillis, stepMillis, context => RangeAsync(expression, context), cancellationToken);
    }

    /// <summary>
    /// Says how a query would be evaluated, without reading samples: one step at <paramref name="startMillis"/> when
    /// <paramref name="stepMillis"/> is 0, as a range query otherwise.
    /// </summary>
    /// <exception cref="QueryException">The query is wrong.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
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
        var compiler = new Compiler(context, new SharedResults(SharedParts.Find(expression)));
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

    private static async ValueTask<QueryResult.Matrix> RangeAsync(Expression expression, EvaluationContext context)
    {
        var compiler = new Compiler(context, new SharedResults(SharedParts.Find(expression)));
        var vector = expression.Type == ExpressionType.Scalar
            ? VectorFunctions.FromScalar(await compiler.ScalarAsync(expression).ConfigureAwait(false))
            : await compiler.VectorAsync(expression).ConfigureAwait(false);
        return new QueryResult.Matrix(await ResultAssembler.MatrixAsync(vector, context).ConfigureAwait(false));
    }

    private async Task<QueryAnswer<TResult>> RunAsync<TResult>(
        string query, long startMillis, long endMillis, long stepMillis, Func<EvaluationContext, ValueTask<TResult>> evaluate, CancellationToken cancellationToken)
        where TResult : QueryResult
    {
        var started = _time.GetTimestamp();
        using var deadline = new CancellationTokenSource(limits.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var annotations = new Annotations(query);
        var context = Context(startMillis, endMillis, stepMillis, annotations, either.Token);
        try
        {
            var result = await evaluate(context).ConfigureAwait(false);
            var statistics = new QueryStatistics(context.Query.SamplesRead, context.Query.PeakBytes, _time.GetElapsedTime(started))
            {
                Steps = context.Counts is null ? [] : [.. context.Counts.Counts.Select((samples, step) => new StepSamples(context.TimeOf(step), samples))],
            };
            return new QueryAnswer<TResult>(result, annotations, statistics);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new QueryException(
                QueryErrorKind.TimedOut,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the query ran for {_time.GetElapsedTime(started).TotalSeconds:0.#} s without an answer and one query may run for {limits.Timeout.TotalSeconds:0.###} s; ask for a shorter time, fewer series or larger steps"));
        }
    }

    private EvaluationContext Context(long startMillis, long endMillis, long stepMillis, Annotations annotations, CancellationToken cancellationToken)
    {
        var query = new QueryState(source, limits, annotations, startMillis, endMillis, startMillis == endMillis ? 0 : stepMillis, cancellationToken);
        var steps = query.CheckSteps(((endMillis - startMillis) / stepMillis) + 1);
        return new EvaluationContext
        {
            StartMillis = startMillis,
            StepMillis = stepMillis,
            Steps = steps,
            Query = query,
            Counts = CountsSteps ? new StepCounts(steps) : null,
        };
    }
}
