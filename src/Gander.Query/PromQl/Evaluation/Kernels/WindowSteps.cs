namespace Gander.Query.PromQl.Evaluation.Kernels;

/// <summary>The windows of all steps of a query.</summary>
/// <param name="References">The end of each window, which belongs to it.</param>
/// <param name="RangeMillis">Its length; the start does not belong to it.</param>
/// <param name="Count">How many steps there are.</param>
internal readonly record struct WindowSteps(ReferenceTimes References, long RangeMillis, int Count);
