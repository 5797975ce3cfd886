using Gander.Query.PromQl.Syntax;
using Gander.Query.Shared;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>The steps an expression is evaluated at, and what all parts of one query share.</summary>
internal sealed record EvaluationContext
{
    /// <summary>The first step, Unix milliseconds.</summary>
    public required long StartMillis { get; init; }

    /// <summary>Milliseconds between steps; at least 1 also when there is one step alone.</summary>
    public required long StepMillis { get; init; }

    /// <summary>How many steps there are.</summary>
    public required int Steps { get; init; }

    /// <summary>What the whole query shares, subqueries included.</summary>
    public required QueryState Query { get; init; }

    /// <summary>
    /// Whether counter resets of histograms are told apart while they are read, as Prometheus does below
    /// <c>histogram_count</c>, <c>histogram_sum</c> and <c>histogram_avg</c>.
    /// </summary>
    public bool FindsResets { get; init; }

    /// <summary>Counts samples by step; null where nobody asked, and inside of subqueries, whose results count and not what they are made of.</summary>
    public StepCounts? Counts { get; init; }

    /// <summary>The first step alone, for a part that is the same at every step.</summary>
    public EvaluationContext Single => this with { Steps = 1, Counts = Counts?.Repeated };

    /// <summary>The last step, Unix milliseconds.</summary>
    public long EndMillis => TimeOf(Steps - 1);

    public long TimeOf(int step) => StartMillis + (step * StepMillis);

    /// <summary>A duration in milliseconds, with <c>step()</c> and <c>range()</c> as in the query asked.</summary>
    public long Millis(DurationExpression? duration) => duration is null
        ? 0
        : (long)Math.Round(duration.Evaluate(Query.StepMillis / 1000.0, (Query.EndMillis - Query.StartMillis) / 1000.0) * 1000);

    /// <summary>
    /// The inner steps of a subquery: multiples of its step, so that neighbouring queries see the same ones, inside a window that is
    /// open on the left. There may be none.
    /// </summary>
    public EvaluationContext Subquery(Expression.Subquery subquery)
    {
        var references = References(subquery.Modifiers);
        var length = PositiveMillis(subquery.Range);
        var step = subquery.Step is null ? Query.Limits.DefaultStepMillis : PositiveMillis(subquery.Step);
        var (first, last) = (references[0] - length, references[Steps - 1]);
        var start = (long)Math.Floor(first / (double)step) * step;
        start = start <= first ? start + step : start;
        return this with { StartMillis = start, StepMillis = step, Steps = last < start ? 0 : Query.CheckSteps(((last - start) / step) + 1), Counts = null };
    }

    /// <summary>A duration in milliseconds that must not be zero or less.</summary>
    /// <exception cref="QueryException">It is.</exception>
    public long PositiveMillis(DurationExpression duration) => Millis(duration) is > 0 and var millis
        ? millis
        : throw new QueryException(QueryErrorKind.Execution, "duration must be greater than 0", duration.Position);

    /// <summary>The time a selector with these modifiers looks at, for each step.</summary>
    public ReferenceTimes References(Modifiers modifiers)
    {
        var offset = Millis(modifiers.Offset);
        return modifiers.At switch
        {
            null => new ReferenceTimes(StartMillis - offset, StepMillis),
            AtModifier.Time time => new ReferenceTimes(time.Millis - offset, 0),
            AtModifier.QueryStart => new ReferenceTimes(Query.StartMillis - offset, 0),
            AtModifier.QueryEnd => new ReferenceTimes(Query.EndMillis - offset, 0),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
