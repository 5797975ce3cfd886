namespace Gander.Storage.DuckDb.Records;

/// <summary>What a row is given besides its record.</summary>
/// <param name="Sequence">The number of its export.</param>
/// <param name="ResourceId">Its resource, as numbered in the file.</param>
/// <param name="ScopeId">Its scope, as numbered in the file.</param>
internal readonly record struct RowIdentity(long Sequence, int ResourceId, int ScopeId);
