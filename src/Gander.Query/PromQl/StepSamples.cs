namespace Gander.Query.PromQl;

/// <summary>How many samples one step of a query looked at.</summary>
/// <param name="TimeMillis">The step, Unix milliseconds.</param>
/// <param name="Samples">The samples.</param>
public readonly record struct StepSamples(long TimeMillis, long Samples);
