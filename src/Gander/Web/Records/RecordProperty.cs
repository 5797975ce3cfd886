namespace Gander.Web.Records;

/// <summary>One attribute of a record.</summary>
/// <param name="Owner">record or resource.</param>
/// <param name="Key">The key.</param>
/// <param name="Value">The value as text.</param>
/// <param name="Find">The address of the list narrowed to records with this value, or null where it cannot be asked for.</param>
public sealed record RecordProperty(string Owner, string Key, string Value, string? Find);
