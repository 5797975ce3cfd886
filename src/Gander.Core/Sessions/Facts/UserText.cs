namespace Gander.Sessions.Facts;

/// <summary>The user's own words inside what an agent sends as the user's message.</summary>
internal static class UserText
{
    /// <summary>The text without the blocks that goose adds to it.</summary>
    public static string WithoutContext(string text)
    {
        const string Start = "<turn-context>", End = "</turn-context>";
        for (var from = text.IndexOf(Start, StringComparison.Ordinal); from >= 0; from = text.IndexOf(Start, StringComparison.Ordinal))
        {
            var to = text.IndexOf(End, from, StringComparison.Ordinal);
            text = to < 0 ? text[..from] : text.Remove(from, to + End.Length - from);
        }

        return text.Trim();
    }

    /// <summary>The first line that is not empty, at most <paramref name="max"/> characters; empty when there is none.</summary>
    public static string FirstLine(string text, int max)
    {
        var line = text.AsSpan().TrimStart();
        var end = line.IndexOfAny('\r', '\n');
        line = (end < 0 ? line : line[..end]).TrimEnd();
        if (line.Length > max)
        {
            line = line[..(char.IsHighSurrogate(line[max - 1]) ? max - 1 : max)];
        }

        return line.ToString();
    }
}
