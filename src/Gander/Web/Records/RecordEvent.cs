namespace Gander.Web.Records;

/// <summary>One event of a span.</summary>
/// <param name="AtMs">Milliseconds after the span's start.</param>
/// <param name="Name">Its name.</param>
/// <param name="Attributes">Its attributes, in one line.</param>
public sealed record RecordEvent(double AtMs, string Name, string Attributes);
