namespace Gander.Query.PromQl.Evaluation.Kernels;

/// <summary>
/// A function over all windows of one series of floats at once, faster than window by window. It must give what the plain kernel
/// of the function gives in <see cref="RangeKernels"/>. Stateless, so that many threads may use it.
/// </summary>
internal abstract class SeriesKernel
{
    /// <summary>Sets the values of the steps that have one; <paramref name="block"/> is clear.</summary>
    public abstract void Run(ReadOnlySpan<long> times, ReadOnlySpan<double> values, WindowSteps steps, StepBlock block);

    /// <summary>The kernel of a function, or null when it has none.</summary>
    /// <param name="function">The name of the function.</param>
    /// <param name="arguments">Its scalar arguments, a value a step.</param>
    public static SeriesKernel? Of(string function, IReadOnlyList<double[]> arguments) => function switch
    {
        "rate" => new RateKernel(isCounter: true, isRate: true),
        "increase" => new RateKernel(isCounter: true, isRate: false),
        "delta" => new RateKernel(isCounter: false, isRate: false),
        "changes" => new ChangesKernel(onlyResets: false),
        "resets" => new ChangesKernel(onlyResets: true),
        "min_over_time" => new ExtremeKernel(isLeast: true),
        "max_over_time" => new ExtremeKernel(isLeast: false),
        "count_over_time" => new CountKernel(isPresence: false),
        "present_over_time" or "absent_over_time" => new CountKernel(isPresence: true),
        "sum_over_time" => new SumKernel(isMean: false),
        "avg_over_time" => new SumKernel(isMean: true),
        "quantile_over_time" => new QuantileKernel(arguments[0]),
        _ => null,
    };
}
