namespace Gander.Agent;

/// <summary>
/// Text of models, tools, servers and files as a terminal may show it. Control characters (C0, DEL, C1) move its cursor, change its colours
/// and run its commands; overrides of the direction of writing (Unicode TR 9) and line separators show a line as another than it is.
/// </summary>
public static class TerminalText
{
    private const char Shown = '\ufffd';

    /// <summary>Whether the character does something to a terminal instead of being shown. Line breaks and tabs do.</summary>
    public static bool Steers(char character) =>
        char.IsControl(character) || character is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\u2028' or '\u2029';

    /// <summary>One line: a space for each line break and tab, and U+FFFD for everything else that steers.</summary>
    public static string Line(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Replace(text, static character => !Steers(character) ? character : char.IsWhiteSpace(character) ? ' ' : Shown);
    }

    /// <summary>Several lines: line breaks and tabs stay, CR LF is one break, and U+FFFD stands for everything else that steers.</summary>
    public static string Lines(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Replace(text.Contains('\r', StringComparison.Ordinal) ? text.Replace("\r\n", "\n", StringComparison.Ordinal) : text, static character => character is '\n' or '\t' || !Steers(character) ? character : Shown);
    }

    private static string Replace(string text, Func<char, char> show)
    {
        foreach (var character in text)
        {
            if (show(character) != character)
            {
                return string.Create(text.Length, (text, show), static (line, from) =>
                {
                    for (var i = 0; i < line.Length; i++)
                    {
                        line[i] = from.show(from.text[i]);
                    }
                });
            }
        }

        return text;
    }
}
