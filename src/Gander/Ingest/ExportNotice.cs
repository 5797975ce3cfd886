namespace Gander.Ingest;

/// <summary>What observers learn of an export beside its batch.</summary>
/// <param name="Sequence">The store's number of the export; null when nothing new was stored.</param>
/// <param name="Rejected">Records refused.</param>
/// <param name="Message">Why, or null.</param>
public readonly record struct ExportNotice(long? Sequence, int Rejected, string? Message);
