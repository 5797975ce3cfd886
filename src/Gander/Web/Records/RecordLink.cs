namespace Gander.Web.Records;

/// <summary>A place of our own to go on to.</summary>
/// <param name="Label">What is there.</param>
/// <param name="Address">Its address.</param>
public sealed record RecordLink(string Label, string Address);
