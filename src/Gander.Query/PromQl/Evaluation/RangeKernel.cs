namespace Gander.Query.PromQl.Evaluation;

/// <summary>
/// A function over one window of floats. The window has at least one sample. Answers false when there is no result.
/// </summary>
/// <param name="window">The samples.</param>
/// <param name="arguments">The values of the scalar arguments at this step.</param>
/// <param name="result">The result.</param>
internal delegate bool RangeKernel(in RangeWindow window, ReadOnlySpan<double> arguments, out double result);
