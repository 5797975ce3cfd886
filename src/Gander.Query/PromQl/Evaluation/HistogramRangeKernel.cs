namespace Gander.Query.PromQl.Evaluation;

/// <summary>A function over one window that has at least one native histogram; sets the step's value if there is one.</summary>
/// <param name="window">The samples.</param>
/// <param name="arguments">The values of the scalar arguments at this step.</param>
/// <param name="block">Where the value goes.</param>
/// <param name="step">The step.</param>
/// <param name="series">The series, for annotations.</param>
internal delegate void HistogramRangeKernel(
    in RangeWindow window, ReadOnlySpan<double> arguments, StepBlock block, int step, ResultSeries series);
