using Gander.Query.PromQl.Histograms;
using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>Quantiles and fractions of histograms, classic and native.</summary>
internal static class HistogramOperators
{
    /// <summary>Applies a function to each histogram of a vector at each step.</summary>
    /// <param name="call">The call.</param>
    /// <param name="inner">The histograms: bucket series or native ones.</param>
    /// <param name="classic">The function for classic histograms.</param>
    /// <param name="native">The same for native ones, with the step and labels.</param>
    /// <param name="context">The steps.</param>
    public static async ValueTask<MaterialisedOperator> RunAsync(
        Expression.Call call, VectorOperator inner, BucketFunction classic, Func<int, FloatHistogram, Labels, double> native, EvaluationContext context)
    {
        var position = call.Arguments.First(argument => argument.Type == ExpressionType.InstantVector).Position;
        var histograms = await ClassicHistograms.ReadAsync(inner, position, context).ConfigureAwait(false);
        var blocks = new StepBlock[histograms.Series.Count];
        context.Query.Reserve(blocks.Length * StepBlock.BytesOf(context.Steps));
        await SeriesScan.ChunksAsync(blocks.Length, context, (from, to, _) =>
        {
            var (bounds, counts) = (new double[histograms.MaxBuckets], new double[histograms.MaxBuckets]);
            for (var group = from; group < to; group++)
            {
                blocks[group] = new StepBlock(context.Steps);
                for (var step = 0; step < context.Steps; step++)
                {
                    Apply(group, step, bounds, counts);
                }
            }

            return ValueTask.CompletedTask;
        }).ConfigureAwait(false);
        return new MaterialisedOperator(histograms.Series, blocks);

        void Apply(int group, int step, double[] bounds, double[] counts)
        {
            var annotations = context.Query.Annotations;
            var nativeHistogram = histograms.NativeAt(group, step);
            var count = histograms.BucketsAt(group, step, bounds, counts, out var wasForced);
            if (nativeHistogram is not null && count > 0)
            {
                annotations.Warn($"vector contains a mix of classic and native histograms for metric name \"{Name(group)}\"", position);
            }
            else if (nativeHistogram is not null)
            {
                blocks[group].Set(step, native(step, nativeHistogram, histograms.Series[group].Labels));
            }
            else if (count > 0)
            {
                if (wasForced && call.Function.Name != "histogram_fraction")
                {
                    annotations.Inform(
                        $"input to histogram_quantile needed to be fixed for monotonicity (see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile) for metric name \"{Name(group)}\"",
                        position);
                }

                blocks[group].Set(step, classic(step, bounds.AsSpan(0, count), counts.AsSpan(0, count)));
            }
        }

        string Name(int group) => histograms.Series[group].Labels[Labels.MetricName];
    }
}
