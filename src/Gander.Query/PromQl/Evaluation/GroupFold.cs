using System.Diagnostics;
using Gander.Query.PromQl.Syntax;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>The state of one group of an aggregation, a value a step. Not thread-safe.</summary>
internal abstract class GroupFold
{
    /// <summary>What the state takes of memory.</summary>
    public abstract long Bytes { get; }

    /// <summary>Adds the values of one series.</summary>
    public abstract void Add(StepBlock block, ResultSeries series);

    /// <summary>Adds what another fold of the same kind has gathered from series that come behind the ones here.</summary>
    public abstract void Merge(GroupFold other);

    /// <summary>Forgets all values and keeps the memory.</summary>
    public abstract void Clear();

    /// <summary>The group's values.</summary>
    public abstract StepBlock Finish();

    public static GroupFold Create(Expression.Aggregate expression, EvaluationContext context) => expression.Operator switch
    {
        AggregateOperator.Sum => new SumFold(expression, context),
        AggregateOperator.Avg => new MeanFold(expression, context),
        AggregateOperator.Count => new FloatFold<FoldOperations.Count>(expression, context),
        AggregateOperator.Group => new FloatFold<FoldOperations.Group>(expression, context),
        AggregateOperator.Min => new FloatFold<FoldOperations.Min>(expression, context),
        AggregateOperator.Max => new FloatFold<FoldOperations.Max>(expression, context),
        AggregateOperator.Stddev or AggregateOperator.Stdvar => new VarianceFold(expression, context),
        _ => throw new UnreachableException($"no fold for {expression.Operator}"),
    };
}
