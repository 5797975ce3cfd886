namespace Gander.Query.PromQl;

/// <summary>What a query cost.</summary>
/// <param name="SamplesRead">Samples read from the store and from inner steps of subqueries.</param>
/// <param name="PeakBytes">The most memory that values took at one time.</param>
/// <param name="Elapsed">How long it ran.</param>
public sealed record QueryStatistics(long SamplesRead, long PeakBytes, TimeSpan Elapsed)
{
    /// <summary>
    /// Samples that each step looked at, as Prometheus counts them: those of a window at every step it is looked at. Empty where they were
    /// not to be counted.
    /// </summary>
    public IReadOnlyList<StepSamples> Steps { get; init; } = [];
}
