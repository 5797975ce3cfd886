namespace Gander.Commands.Agents;

/// <summary>A line of a shell's profile that sets a variable.</summary>
/// <param name="File">The file.</param>
/// <param name="Number">The line, from 1.</param>
/// <param name="Value">The value as written, without quotes.</param>
/// <param name="IsExported">Whether programs get to see it.</param>
internal sealed record ProfileLine(string File, int Number, string Value, bool IsExported);
