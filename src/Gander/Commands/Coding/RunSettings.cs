namespace Gander.Commands.Coding;

/// <summary>What <c>gander run</c> does beside what the agent does.</summary>
/// <param name="Task">The person's message.</param>
/// <param name="Format"><c>text</c>, <c>json</c> or <c>stream-json</c>.</param>
/// <param name="IsQuiet">Print the answer and nothing else.</param>
/// <param name="ShowsStatistics">Print tokens, speed and cost at the end.</param>
/// <param name="IsInteractive">Go on as a session afterwards.</param>
internal sealed record RunSettings(string Task, string Format, bool IsQuiet, bool ShowsStatistics, bool IsInteractive);
