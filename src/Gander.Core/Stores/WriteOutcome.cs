namespace Gander.Stores;

/// <summary>What became of the exports of one write.</summary>
/// <param name="Sequence">
/// The store's number of the last export written, counting up by one per export and signal and never reused; a reader that
/// remembers it can ask for what came after (<see cref="ISpanStore.ReadExportsAsync"/>).
/// </param>
/// <param name="Stored">For each batch whether its records were stored; false when it repeats an export already stored.</param>
public sealed record WriteOutcome(long Sequence, IReadOnlyList<bool> Stored)
{
    /// <summary>Records of stored batches that were refused for good; empty when all were kept.</summary>
    public IReadOnlyList<PointRefusal> Refusals { get; init; } = [];
}
