namespace Gander.Stores;

/// <summary>Records of a batch that were refused while the rest of the batch was kept.</summary>
/// <param name="Batch">Index of the batch in the write.</param>
/// <param name="Count">Records refused, at least 1.</param>
/// <param name="Reason">Why, as a sentence for the sender.</param>
public sealed record PointRefusal(int Batch, int Count, string Reason);
