using Gander.Query.PromQl.Histograms;
using Gander.Query.PromQl.Syntax;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>The native histograms of a group beside its floats.</summary>
internal static class HistogramGroups
{
    /// <summary>Puts sums of histograms into a block of sums of floats; a step that has both has no result.</summary>
    public static void Finish(HistogramSum?[]? histograms, StepBlock floats, Expression.Aggregate expression, EvaluationContext context)
    {
        for (var step = 0; histograms is not null && step < floats.Steps; step++)
        {
            if (histograms[step] is not { } sum)
            {
                continue;
            }

            if (floats.Has(step))
            {
                context.Query.Annotations.Warn("encountered a mix of histograms and floats for aggregation", expression.Inner.Position);
                floats.Unset(step);
            }
            else if (sum.Finish() is { } total)
            {
                floats.Set(step, total);
            }
        }
    }
}
