namespace Gander.Storage.DuckDb.Metrics.Codec;

/// <summary>Takes runs of distributions out of a chunk.</summary>
internal interface IDistributionRunAcceptor
{
    /// <summary>A run with its times and starts; good during the call only.</summary>
    void Accept(in DistributionRun run, ReadOnlySpan<long> times, ReadOnlySpan<long> starts);
}
