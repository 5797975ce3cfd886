namespace Gander.Web.Records;

/// <summary>One line of the list of log records.</summary>
/// <param name="Nanos">When, Unix nanoseconds.</param>
/// <param name="Level">The severity as a word.</param>
/// <param name="Tone">The class of the severity's colour.</param>
/// <param name="Service"><c>service.name</c>.</param>
/// <param name="Body">The beginning of the body, or the event's name.</param>
/// <param name="Extra">Attributes that tell records of one body apart.</param>
/// <param name="Address">Where the whole record is.</param>
public sealed record LogLine(long Nanos, string Level, string Tone, string Service, string Body, string Extra, string Address);
