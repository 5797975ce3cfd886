using Gander.Query.PromQl.Histograms;
using Gander.Query.PromQl.Syntax;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>Sum or mean of one group; of histograms too, but not of a mixture at one step.</summary>
internal sealed class SumFold(Expression.Aggregate expression, EvaluationContext context) : GroupFold
{
    private readonly bool _isMean = expression.Operator == AggregateOperator.Avg;
    private readonly KahanSum[] _sums = new KahanSum[context.Steps];
    private readonly RunningMean[]? _means = expression.Operator == AggregateOperator.Avg ? new RunningMean[context.Steps] : null;
    private readonly int[] _floats = new int[context.Steps];
    private HistogramSum?[]? _histograms;

    public override void Add(StepBlock block, ResultSeries series)
    {
        for (var step = 0; step < _sums.Length; step++)
        {
            if (!block.Has(step))
            {
                continue;
            }

            if (block.HistogramAt(step) is { } histogram)
            {
                _histograms ??= new HistogramSum?[_sums.Length];
                (_histograms[step] ??= new HistogramSum(context.Query.Annotations, expression.Inner.Position, _isMean)).Add(histogram, series.Labels);
                continue;
            }

            _floats[step]++;
            if (_means is not null)
            {
                _means[step].Add(block.Values[step]);
            }
            else
            {
                _sums[step].Add(block.Values[step]);
            }
        }
    }

    public override StepBlock Finish()
    {
        var block = new StepBlock(_sums.Length);
        for (var step = 0; step < _sums.Length; step++)
        {
            var histograms = _histograms?[step];
            if (histograms is not null && _floats[step] > 0)
            {
                context.Query.Annotations.Warn(
                    "encountered a mix of histograms and floats for aggregation", expression.Inner.Position);
            }
            else if (histograms?.Finish() is { } sum)
            {
                block.Set(step, sum);
            }
            else if (_floats[step] > 0)
            {
                block.Set(step, _means is null ? _sums[step].Value : _means[step].Value);
            }
        }

        return block;
    }
}
