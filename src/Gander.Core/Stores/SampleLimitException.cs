namespace Gander.Stores;

/// <summary>A read was stopped because it would have brought more samples than the caller allows. The partial answer is of no use.</summary>
public sealed class SampleLimitException(long limit)
    : Exception($"The read needs more than the {limit} samples it may use.")
{
    /// <summary>Samples that were allowed.</summary>
    public long Limit { get; } = limit;
}
