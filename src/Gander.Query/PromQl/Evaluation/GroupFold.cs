using System.Diagnostics;
using Gander.Query.PromQl.Syntax;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>The state of one group of an aggregation, a value a step. Not thread-safe.</summary>
internal abstract class GroupFold
{
    /// <summary>Adds the values of one series.</summary>
    public abstract void Add(StepBlock block, ResultSeries series);

    /// <summary>The group's values.</summary>
    public abstract StepBlock Finish();

    public static GroupFold Create(Expression.Aggregate expression, EvaluationContext context) => expression.Operator switch
    {
        AggregateOperator.Sum or AggregateOperator.Avg => new SumFold(expression, context),
        AggregateOperator.Count => new FloatFold(context.Steps, (_, _) => 0, (state, _) => state + 1),
        AggregateOperator.Group => new FloatFold(context.Steps, (_, _) => 1, (_, _) => 1),
        AggregateOperator.Min => Ignoring(expression, context, (state, value) => value < state || double.IsNaN(state) ? value : state),
        AggregateOperator.Max => Ignoring(expression, context, (state, value) => value > state || double.IsNaN(state) ? value : state),
        AggregateOperator.Stddev => new VarianceFold(expression, context, isDeviation: true),
        AggregateOperator.Stdvar => new VarianceFold(expression, context, isDeviation: false),
        _ => throw new UnreachableException($"no fold for {expression.Operator}"),
    };

    private static FloatFold Ignoring(Expression.Aggregate expression, EvaluationContext context, Func<double, double, double> add) =>
        new(context.Steps, (value, _) => value, add, () => context.Query.Annotations.Inform(
            $"ignored histogram in {Keywords.TextOf(expression.Operator)} aggregation", expression.Inner.Position));

    /// <summary>Folds floats by a function; histograms are counted like floats, or ignored with an annotation.</summary>
    private sealed class FloatFold(int steps, Func<double, bool, double> start, Func<double, double, double> add, Action? ignored = null) : GroupFold
    {
        private readonly StepBlock _state = new(steps);

        public override void Add(StepBlock block, ResultSeries series)
        {
            for (var step = 0; step < steps; step++)
            {
                if (!block.Has(step))
                {
                    continue;
                }

                if (ignored is not null && block.HistogramAt(step) is not null)
                {
                    ignored();
                    continue;
                }

                var value = block.Values[step];
                _state.Set(step, add(_state.Has(step) ? _state.Values[step] : start(value, true), value));
            }
        }

        public override StepBlock Finish() => _state;
    }

    private sealed class VarianceFold(Expression.Aggregate expression, EvaluationContext context, bool isDeviation) : GroupFold
    {
        private readonly RunningVariance[] _state = new RunningVariance[context.Steps];

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

        public override StepBlock Finish()
        {
            var block = new StepBlock(_state.Length);
            for (var step = 0; step < _state.Length; step++)
            {
                if (_state[step].Count > 0)
                {
                    block.Set(step, isDeviation ? Math.Sqrt(_state[step].Value) : _state[step].Value);
                }
            }

            return block;
        }
    }
}
