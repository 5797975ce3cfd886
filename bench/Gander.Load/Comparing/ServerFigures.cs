namespace Gander.Load.Comparing;

/// <summary>What a server took for the load.</summary>
/// <param name="Name">The server.</param>
/// <param name="Load">How the load went; null when the data were there before.</param>
/// <param name="DiskBytes">Bytes in its data folder before the queries.</param>
/// <param name="ResidentBytes">Resident memory before the queries.</param>
/// <param name="ResidentBytesAfter">Resident memory after the queries.</param>
public sealed record ServerFigures(string Name, LoadReport? Load, long DiskBytes, long ResidentBytes, long ResidentBytesAfter);
