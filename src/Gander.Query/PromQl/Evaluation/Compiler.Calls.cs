using System.Diagnostics;
using Gander.Query.PromQl.Syntax;
using Gander.Query.Shared;

namespace Gander.Query.PromQl.Evaluation;

/// <content>Function calls.</content>
internal sealed partial class Compiler
{
    private static readonly HashSet<string> s_namesKept = ["last_over_time", "first_over_time"];

    private async ValueTask<double[]> ScalarCallAsync(Expression.Call call)
    {
        switch (call.Function.Name)
        {
            case "time":
                return [.. Enumerable.Range(0, context.Steps).Select(step => context.TimeOf(step) / 1000.0)];
            case "pi":
                return Constant(Math.PI);
            case "start":
                return Constant(context.Query.StartMillis / 1000.0);
            case "end":
                return Constant(context.Query.EndMillis / 1000.0);
            case "step":
                return Constant(context.Query.StepMillis / 1000.0);
            case "range":
                return Constant((context.Query.EndMillis - context.Query.StartMillis) / 1000.0);
            case "scalar":
                return await VectorFunctions.ToScalarAsync(await VectorAsync(call.Arguments[0]).ConfigureAwait(false), context).ConfigureAwait(false);
            case "min_of" or "max_of":
                var left = await ScalarAsync(call.Arguments[0]).ConfigureAwait(false);
                var right = await ScalarAsync(call.Arguments[1]).ConfigureAwait(false);
                return [.. left.Zip(right, (one, other) => call.Function.Name == "min_of" ? Math.Min(one, other) : Math.Max(one, other))];
            default:
                throw new UnreachableException($"no scalar function {call.Function.Name}");
        }
    }

    private async ValueTask<VectorOperator> VectorCallAsync(Expression.Call call)
    {
        var arguments = call.Arguments;
        if (arguments.FirstOrDefault(argument => argument.Type == ExpressionType.RangeVector) is { } range)
        {
            return await RangeCallAsync(call, range).ConfigureAwait(false);
        }

        switch (call.Function.Name)
        {
            case "vector":
                return VectorFunctions.FromScalar(await ScalarAsync(arguments[0]).ConfigureAwait(false));
            case "timestamp" when arguments[0].Unwrapped is Expression.VectorSelector selector:
                return await SelectAsync(selector, readsTimes: true).ConfigureAwait(false);
        }

        var findsResets = call.Function.Name is "histogram_count" or "histogram_sum" or "histogram_avg";
        var compiler = findsResets ? WithContext(context with { FindsResets = true }) : this;
        var inner = arguments.FirstOrDefault(argument => argument.Type == ExpressionType.InstantVector) is { } vector
            ? await compiler.VectorAsync(vector).ConfigureAwait(false)
            : VectorFunctions.FromScalar([.. Enumerable.Range(0, context.Steps).Select(step => context.TimeOf(step) / 1000.0)]);
        var scalars = new List<double[]>();
        foreach (var argument in arguments.Where(argument => argument.Type == ExpressionType.Scalar))
        {
            scalars.Add(await ScalarAsync(argument).ConfigureAwait(false));
        }

        var texts = arguments.Where(argument => argument.Type == ExpressionType.Text).Select(argument => ((Expression.Text)argument.Unwrapped).Value).ToList();
        return await ApplyCallAsync(call, inner, scalars, texts).ConfigureAwait(false);
    }

    private async ValueTask<VectorOperator> ApplyCallAsync(Expression.Call call, VectorOperator inner, List<double[]> scalars, List<string> texts)
    {
        switch (call.Function.Name)
        {
            case "absent":
                return await VectorFunctions.AbsentAsync(call.Arguments[0], inner, context).ConfigureAwait(false);
            case "sort" or "sort_desc":
                return await VectorFunctions.SortAsync(inner, call.Function.Name == "sort_desc", context).ConfigureAwait(false);
            case "sort_by_label" or "sort_by_label_desc":
                return await VectorFunctions.SortByLabelAsync(inner, texts, call.Function.Name == "sort_by_label_desc", context).ConfigureAwait(false);
            case "label_replace":
                return LabelFunctions.Replace(call, inner, texts);
            case "label_join":
                return LabelFunctions.Join(call, inner, texts);
            case "timestamp":
                return VectorFunctions.MapSteps(inner, (_, step) => context.TimeOf(step) / 1000.0);
            case "clamp":
                return VectorFunctions.MapSteps(inner, (value, step) => scalars[0][step] > scalars[1][step]
                    ? null : Math.Max(scalars[0][step], Math.Min(scalars[1][step], value)));
            case "clamp_min":
                return VectorFunctions.MapSteps(inner, (value, step) => Math.Max(value, scalars[0][step]));
            case "clamp_max":
                return VectorFunctions.MapSteps(inner, (value, step) => Math.Min(value, scalars[0][step]));
            case "round":
                return VectorFunctions.MapSteps(inner, (value, step) => FloatFunctions.Round(value, scalars.Count == 0 ? 1 : scalars[0][step]));
            case "histogram_quantile":
                WarnQuantiles(scalars[0], call.Arguments[0]);
                return await HistogramOperators.RunAsync(
                    call,
                    inner,
                    (step, bounds, counts) => BucketStatistics.Quantile(scalars[0][step], bounds, counts),
                    (step, histogram, labels) => HistogramFunctions.Quantile(scalars[0][step], histogram, labels, call, context),
                    context).ConfigureAwait(false);
            case "histogram_fraction":
                return await HistogramOperators.RunAsync(
                    call,
                    inner,
                    (step, bounds, counts) => BucketStatistics.Fraction(scalars[0][step], scalars[1][step], bounds, counts),
                    (step, histogram, labels) => HistogramFunctions.Fraction(scalars[0][step], scalars[1][step], histogram, labels, call, context),
                    context).ConfigureAwait(false);
            case "histogram_count" or "histogram_sum" or "histogram_avg" or "histogram_stddev" or "histogram_stdvar":
                return HistogramFunctions.Map(call.Function.Name, inner);
            case "histogram_quantiles":
                return await QuantilesAsync(call, inner, scalars, texts[0]).ConfigureAwait(false);
            case "info":
                return await InfoOperator.CreateAsync(call, inner, context).ConfigureAwait(false);
            default:
                return VectorFunctions.Map(inner, FloatFunctions.ByName[call.Function.Name]);
        }
    }

    private async ValueTask<VectorOperator> QuantilesAsync(Expression.Call call, VectorOperator inner, List<double[]> quantiles, string label)
    {
        var (series, blocks) = (new List<ResultSeries>(), new List<StepBlock>());
        for (var i = 0; i < quantiles.Count; i++)
        {
            var values = quantiles[i];
            WarnQuantiles(values, call.Arguments[i + 2]);
            var one = await HistogramOperators.RunAsync(
                call,
                inner,
                (step, bounds, counts) => BucketStatistics.Quantile(values[step], bounds, counts),
                (step, histogram, labels) => HistogramFunctions.Quantile(values[step], histogram, labels, call, context),
                context).ConfigureAwait(false);
            series.AddRange(one.Series.Select(found => found with { Labels = found.Labels.With(label, PromQlNumber.OpenMetrics(values[0])) }));
            blocks.AddRange(one.Blocks);
        }

        return new MaterialisedOperator(series, blocks);
    }

    private void WarnQuantiles(double[] quantiles, Expression argument)
    {
        foreach (var quantile in quantiles.Where(value => double.IsNaN(value) || value is < 0 or > 1).Distinct())
        {
            context.Query.Annotations.WarnQuantile(quantile, argument.Position);
        }
    }

    private async ValueTask<VectorOperator> RangeCallAsync(Expression.Call call, Expression range)
    {
        if (AsksForGrowth(call, out var selector))
        {
            return await GrowthAsync(call, selector, null).ConfigureAwait(false);
        }

        var input = await RangeAsync(range).ConfigureAwait(false);
        var scalars = new List<double[]>();
        foreach (var argument in call.Arguments.Where(argument => argument.Type == ExpressionType.Scalar))
        {
            scalars.Add(await ScalarAsync(argument).ConfigureAwait(false));
        }

        var name = call.Function.Name;
        if (name == "quantile_over_time")
        {
            WarnQuantiles(scalars[0], call.Arguments[0]);
        }

        if (name == "double_exponential_smoothing")
        {
            CheckFactors(scalars, call);
        }

        var kernel = RangeKernels.ByName[name == "absent_over_time" ? "present_over_time" : name];
        if (input.Edges != RangeEdges.Plain)
        {
            return ExtendedRangeOperator.Create(call, input, kernel, context);
        }

        var result = new RangeFunctionOperator(
            name, input, kernel, HistogramRangeKernels.Of(call, input, context), scalars, s_namesKept.Contains(name), context);
        return name == "absent_over_time"
            ? await VectorFunctions.AbsentAsync(range, result, context).ConfigureAwait(false)
            : result;
    }

    private static void CheckFactors(List<double[]> scalars, Expression.Call call)
    {
        foreach (var (values, what) in new[] { (scalars[0], "smoothing"), (scalars[1], "trend") })
        {
            if (values.FirstOrDefault(value => value is not (>= 0 and <= 1), 0.5) is var wrong && wrong is not (>= 0 and <= 1))
            {
                throw new QueryException(
                    QueryErrorKind.Execution,
                    $"invalid {what} factor. Expected: 0 <= {(what == "trend" ? "tf" : "sf")} <= 1, got: {PromQlNumber.Format(wrong)}",
                    call.Position);
            }
        }
    }
}
