using Gander.Telemetry;

namespace Gander.Storage.DuckDb;

/// <summary>Commits of one signal since the store was opened.</summary>
/// <param name="Signal">The signal.</param>
/// <param name="Commits">How many.</param>
/// <param name="Total">Time spent in them.</param>
/// <param name="Longest">The longest of them.</param>
public sealed record CommitStatistics(Signal Signal, long Commits, TimeSpan Total, TimeSpan Longest);
