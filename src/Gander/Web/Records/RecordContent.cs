namespace Gander.Web.Records;

/// <summary>A long text of a record.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Text">The text, JSON spread over lines; cut where it is very long.</param>
/// <param name="Length">The length of the whole text in characters.</param>
public sealed record RecordContent(string Label, string Text, int Length);
