using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Records;

/// <summary>An attribute that has a column of its own.</summary>
/// <param name="Key">The attribute.</param>
/// <param name="Name">The column.</param>
/// <param name="Kind">The kind its value must have to be kept there.</param>
internal sealed record PromotedColumn(string Key, string Name, AttributeKind Kind);
