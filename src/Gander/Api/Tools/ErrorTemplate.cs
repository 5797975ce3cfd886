using System.Buffers;
using System.Text;

namespace Gander.Api.Tools;

/// <summary>
/// Turns the text of an error into what it has in common with others of its sort: paths, addresses, ids and numbers give way to
/// placeholders, and runs of white space to one blank. Pure, and the same again when it is applied to its own result.
/// </summary>
internal static class ErrorTemplate
{
    /// <summary>Characters that are looked at; errors tell what they are at their beginning.</summary>
    public const int MaxLength = 400;

    private const int MinIdLength = 8;
    private static readonly SearchValues<char> Edges = SearchValues.Create("\"'`()[]{},;|");

    /// <summary>The template of an error's text; empty for a blank one.</summary>
    public static string Of(string error)
    {
        ArgumentNullException.ThrowIfNull(error);
        var text = error.AsSpan(0, Math.Min(error.Length, MaxLength));
        var template = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]) || char.IsControl(text[at]))
            {
                if (template.Length > 0 && template[^1] != ' ')
                {
                    template.Append(' ');
                }

                at++;
            }
            else if (Edges.Contains(text[at]))
            {
                template.Append(text[at++]);
            }
            else
            {
                var word = WordAt(text[at..]);
                AppendWord(template, word);
                at += word.Length;
            }
        }

        return template.ToString().TrimEnd();
    }

    private static ReadOnlySpan<char> WordAt(ReadOnlySpan<char> text)
    {
        var end = 0;
        while (end < text.Length && !char.IsWhiteSpace(text[end]) && !char.IsControl(text[end]) && !Edges.Contains(text[end]))
        {
            end++;
        }

        return text[..end];
    }

    private static void AppendWord(StringBuilder template, ReadOnlySpan<char> word)
    {
        // The full stop or colon behind a word belongs to the sentence.
        var core = word.TrimEnd(".:!?");
        if (core.Contains("://", StringComparison.Ordinal))
        {
            template.Append("<url>");
        }
        else if (IsPath(core))
        {
            template.Append("<path>");
        }
        else if (IsId(core))
        {
            template.Append("<id>");
        }
        else
        {
            AppendNumbers(template, core);
        }

        template.Append(word[core.Length..]);
    }

    // /a/b, ./a, ~/a, a/b.c, C:\a; but neither "and/or" nor "application/json".
    private static bool IsPath(ReadOnlySpan<char> word)
    {
        if (word.Length > 2 && char.IsAsciiLetter(word[0]) && word[1] == ':' && word[2] is '\\' or '/')
        {
            return true;
        }

        var slash = word.IndexOfAny('/', '\\');
        return slash >= 0 && word.Length > 1 && (slash == 0 || word[0] is '.' or '~' || word.Count('/') + word.Count('\\') > 1 || word[slash..].Contains('.'));
    }

    // Letters and digits in one long word, as in hashes, UUIDs and ids of calls.
    private static bool IsId(ReadOnlySpan<char> word)
    {
        var (digits, letters) = (0, 0);
        foreach (var character in word)
        {
            digits += char.IsAsciiDigit(character) ? 1 : 0;
            letters += char.IsAsciiLetter(character) ? 1 : 0;
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_'))
            {
                return false;
            }
        }

        return word.Length >= MinIdLength && digits >= 3 && letters >= 1 && digits * 5 >= word.Length;
    }

    private static void AppendNumbers(StringBuilder template, ReadOnlySpan<char> word)
    {
        for (var at = 0; at < word.Length;)
        {
            if (!char.IsAsciiDigit(word[at]))
            {
                template.Append(word[at++]);
                continue;
            }

            while (at < word.Length && (char.IsAsciiDigit(word[at]) || (word[at] is '.' or ',' or ':' && at + 1 < word.Length && char.IsAsciiDigit(word[at + 1]))))
            {
                at++;
            }

            template.Append("<n>");
        }
    }
}
