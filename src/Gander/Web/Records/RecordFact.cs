namespace Gander.Web.Records;

/// <summary>A figure of a record.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Value">Its value for people.</param>
/// <param name="Tone">error or null.</param>
public sealed record RecordFact(string Label, string Value, string? Tone = null);
