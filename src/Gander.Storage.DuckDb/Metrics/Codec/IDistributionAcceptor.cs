namespace Gander.Storage.DuckDb.Metrics.Codec;

/// <summary>Takes distributions as they are decoded; a struct, so that no call goes through an interface.</summary>
internal interface IDistributionAcceptor
{
    /// <summary>Takes the distribution of point <paramref name="row"/>; the bytes are valid during the call only.</summary>
    void Accept(int row, ReadOnlySpan<byte> distribution);
}
