namespace Gander.Agent.Tools.Files;

/// <summary>Lines of a text.</summary>
internal static class Lines
{
    /// <summary>The lines without their endings; a line break at the end begins no further line.</summary>
    public static string[] Of(string text)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            lines[i] = lines[i].TrimEnd('\r');
        }

        return lines is [.. var rest, ""] ? rest : lines;
    }

    /// <summary>How many there are.</summary>
    public static int Count(string text) => text.Length == 0 ? 0 : text.AsSpan().Count('\n') + (text[^1] == '\n' ? 0 : 1);

    /// <summary>The number, from 1, of the line a character stands in.</summary>
    public static int NumberAt(string text, int index) => text.AsSpan(0, index).Count('\n') + 1;

    /// <summary>A line as it may be shown: cut at the limit, with a word about it.</summary>
    public static string Cut(string line, int maxLength) =>
        line.Length <= maxLength ? line : $"{line.AsSpan(0, char.IsHighSurrogate(line[maxLength - 1]) ? maxLength - 1 : maxLength)} [... {line.Length - maxLength} more characters]";
}
