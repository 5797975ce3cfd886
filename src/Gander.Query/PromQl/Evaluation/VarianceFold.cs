using Gander.Query.PromQl.Syntax;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>The variance or standard deviation of one group of floats.</summary>
internal sealed class VarianceFold(Expression.Aggregate expression, EvaluationContext context) : GroupFold
{
    private readonly RunningVariance[] _state = new RunningVariance[context.Steps];

    public override long Bytes => context.Steps * 40L;

    public override void Add(StepBlock block, ResultSeries series)
    {
        for (var step = 0; step < _state.Length; step++)
        {
            if (block.Has(step) && block.HistogramAt(step) is null)
            {
                _state[step].Add(block.Values[step]);
            }
            else if (block.Has(step))
            {
                context.Query.Annotations.Inform(
                    $"ignored histogram in {Keywords.TextOf(expression.Operator)} aggregation", expression.Inner.Position);
            }
        }
    }

    public override void Merge(GroupFold other)
    {
        var added = (VarianceFold)other;
        for (var step = 0; step < _state.Length; step++)
        {
            _state[step].Merge(added._state[step]);
        }
    }

    public override void Clear() => _state.AsSpan().Clear();

    public override StepBlock Finish()
    {
        var block = new StepBlock(_state.Length);
        for (var step = 0; step < _state.Length; step++)
        {
            if (_state[step].Count > 0)
            {
                block.Set(step, expression.Operator == AggregateOperator.Stddev ? Math.Sqrt(_state[step].Value) : _state[step].Value);
            }
        }

        return block;
    }
}
