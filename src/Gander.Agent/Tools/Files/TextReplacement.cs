using System.Globalization;

namespace Gander.Agent.Tools.Files;

/// <summary>Replaces a text that stands exactly once in another.</summary>
internal static class TextReplacement
{
    private const int MaxNumbersShown = 10;

    /// <summary>The new text, and the number of the first line that changed.</summary>
    /// <exception cref="ToolRefusedException">The text stands there not at all or more than once; the message says where to look.</exception>
    public static (string Text, int Line) Apply(TextFile file, string before, string after, string name)
    {
        if (before.Length == 0)
        {
            throw new ToolRefusedException("\"before\" is empty. Use write to make a file.");
        }

        // Models write line feeds whatever the file has; a file of Windows lines stays one.
        if (file.HasWindowsLines)
        {
            before = WithWindowsLines(before);
            after = WithWindowsLines(after);
        }

        if (before == after)
        {
            throw new ToolRefusedException("\"before\" and \"after\" are the same, so nothing would change.");
        }

        var at = file.Text.IndexOf(before, StringComparison.Ordinal);
        if (at < 0)
        {
            var near = NearMatches.Describe(file.Text, before);
            throw new ToolRefusedException($"{name} does not contain \"before\". It has to be the exact text, white space included.{(near.Length > 0 ? "\n" + near : " Nothing in it is similar: read it first.")}");
        }

        if (file.Text.IndexOf(before, at + 1, StringComparison.Ordinal) >= 0)
        {
            throw new ToolRefusedException(Ambiguous(file.Text, before, name));
        }

        return (string.Concat(file.Text.AsSpan(0, at), after, file.Text.AsSpan(at + before.Length)), Lines.NumberAt(file.Text, at));
    }

    private static string Ambiguous(string text, string before, string name)
    {
        var lines = new List<int>();
        var count = 0;
        for (var at = text.IndexOf(before, StringComparison.Ordinal); at >= 0; at = text.IndexOf(before, at + 1, StringComparison.Ordinal))
        {
            count++;
            if (lines.Count < MaxNumbersShown)
            {
                lines.Add(Lines.NumberAt(text, at));
            }
        }

        var shown = string.Join(", ", lines.Select(line => line.ToString(CultureInfo.InvariantCulture)));
        return $"{name} contains \"before\" {count} times, at the lines {shown}{(count > lines.Count ? ", ..." : "")}. Add lines around it until it is unique.";
    }

    private static string WithWindowsLines(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal);
}
