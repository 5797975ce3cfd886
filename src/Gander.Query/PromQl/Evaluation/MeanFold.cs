using Gander.Query.PromQl.Histograms;
using Gander.Query.PromQl.Syntax;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>The mean of one group; of histograms too, but not of a mixture at one step.</summary>
internal sealed class MeanFold(Expression.Aggregate expression, EvaluationContext context) : GroupFold
{
    private readonly RunningMean[] _means = new RunningMean[context.Steps];
    private HistogramSum?[]? _histograms;

    public override long Bytes => context.Steps * 56L;

    public override void Add(StepBlock block, ResultSeries series)
    {
        for (var step = 0; step < _means.Length; step++)
        {
            if (!block.Has(step))
            {
                continue;
            }

            if (block.HistogramAt(step) is { } histogram)
            {
                _histograms ??= new HistogramSum?[context.Steps];
                (_histograms[step] ??= new HistogramSum(context.Query.Annotations, expression.Inner.Position, isMean: true)).Add(histogram, series.Labels);
            }
            else
            {
                _means[step].Add(block.Values[step]);
            }
        }
    }

    public override void Merge(GroupFold other)
    {
        var added = (MeanFold)other;
        for (var step = 0; step < _means.Length; step++)
        {
            _means[step].Merge(added._means[step]);
            if (added._histograms?[step] is not { } histograms)
            {
                continue;
            }

            _histograms ??= new HistogramSum?[context.Steps];
            if (_histograms[step] is { } mine)
            {
                mine.Merge(histograms);
            }
            else
            {
                _histograms[step] = histograms;
            }
        }
    }

    public override void Clear()
    {
        _means.AsSpan().Clear();
        _histograms = null;
    }

    public override StepBlock Finish()
    {
        var block = new StepBlock(_means.Length);
        for (var step = 0; step < _means.Length; step++)
        {
            if (_means[step].Count > 0)
            {
                block.Set(step, _means[step].Value);
            }
        }

        HistogramGroups.Finish(_histograms, block, expression, context);
        return block;
    }
}
