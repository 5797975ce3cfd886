using System.Buffers;
using System.Text;

namespace Gander.Agent.Telemetry;

/// <summary>
/// Replaces secrets in text by <c>[masked]</c>: keys of common vendors by their prefixes, credentials of <c>Authorization</c> headers, private
/// keys, JSON web tokens, passwords in URLs, and what is assigned to a name that says it is a secret (<c>OPENAI_API_KEY=…</c>, <c>"password": "…"</c>, also
/// with JSON's escapes). It recognises forms, not meaning: a secret that looks like a word stays. One pass from left to right that looks
/// at each letter a bounded number of times, so that no text can make it slow.
/// </summary>
public static class SecretMask
{
    /// <summary>What stands in place of a secret.</summary>
    public const string Mask = "[masked]";

    private const int ShortestText = 6;
    private const int MaxUserInfo = 512;
    private const int MaxLooked = 256;

    private static readonly SearchValues<char> WordLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");

    private static readonly SearchValues<char> AuthorityEnds = SearchValues.Create("/ \t\r\n\"'<>\\");

    // Without one of these no rule applies to a text, and many short texts have none.
    private static readonly SearchValues<char> Signs = SearchValues.Create("0123456789=:-");

    /// <summary>The text without secrets; the same object when there was none.</summary>
    public static string Apply(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length < ShortestText || !text.AsSpan().ContainsAny(Signs))
        {
            return text;
        }

        StringBuilder? masked = null;
        var copied = 0;
        while (Next(text, copied) is { Length: > 0 } found)
        {
            masked ??= new StringBuilder(text.Length);
            masked.Append(text, copied, found.Start - copied).Append(Mask);
            copied = found.Start + found.Length;
        }

        return masked is null ? text : masked.Append(text, copied, text.Length - copied).ToString();
    }

    private static SecretSpan Next(string text, int from)
    {
        var at = from;
        while (at < text.Length)
        {
            var start = text.AsSpan(at).IndexOfAny(WordLetters);
            if (start < 0)
            {
                return SecretSpan.None;
            }

            start += at;
            start += EscapeLength(text, start);
            var length = text.AsSpan(start).IndexOfAnyExcept(WordLetters);
            var end = length < 0 ? text.Length : start + length;
            var found = Classify(text, start, end);
            if (found.Length > 0)
            {
                return found;
            }

            at = Math.Max(end, start + 1);
        }

        return SecretSpan.None;
    }

    // In JSON text a word may follow "\n" or "\u0022": that is not part of it.
    private static int EscapeLength(string text, int start)
    {
        if (start == 0 || text[start - 1] != '\\')
        {
            return 0;
        }

        return text[start] switch
        {
            'n' or 'r' or 't' => 1,
            'u' when start + 5 <= text.Length => 5,
            _ => 0,
        };
    }

    private static SecretSpan Classify(string text, int start, int end)
    {
        var word = text.AsSpan(start, end - start);
        if (word.StartsWith("-----BEGIN", StringComparison.Ordinal))
        {
            return PrivateKey(text, end);
        }

        word = word.TrimStart('-');
        start = end - word.Length;
        if (SecretWords.IsVendorKey(word))
        {
            return new SecretSpan(start, KeyEnd(text, end) - start);
        }

        if (word is ['e', 'y', 'J', ..] && word.Length >= 16 && end < text.Length && text[end] == '.')
        {
            var dot = text.AsSpan(end + 1).IndexOfAnyExcept(WordLetters);
            return dot is 0 or -1 ? new SecretSpan(start, (dot < 0 ? text.Length : end + 1) - start) : new SecretSpan(start, KeyEnd(text, end + 1 + dot) - start);
        }

        if (SecretWords.IsScheme(word))
        {
            return Credentials(text, end);
        }

        if (end + 2 < text.Length && text[end] == ':' && text[end + 1] == '/' && text[end + 2] == '/')
        {
            return UserInfo(text, end + 3);
        }

        return SecretWords.IsSecretName(word) ? Assigned(text, end, SecretWords.IsPassword(word)) : SecretSpan.None;
    }

    // "-----BEGIN RSA PRIVATE KEY-----", base 64 with line breaks (in JSON "\n"), "-----END RSA PRIVATE KEY-----".
    private static SecretSpan PrivateKey(string text, int at)
    {
        var header = text.AsSpan(at, Math.Min(60, text.Length - at));
        var dashes = header.IndexOf("-----", StringComparison.Ordinal);
        if (dashes < 0 || !header[..dashes].Contains("PRIVATE KEY", StringComparison.Ordinal))
        {
            return SecretSpan.None;
        }

        var start = at + dashes + 5;
        var end = start;
        while (end < text.Length)
        {
            var step = KeyStep(text, end);
            if (step == 0)
            {
                break;
            }

            end += step;
        }

        return new SecretSpan(start, end - start);
    }

    // The length of the next piece of a key's text, or 0 at its end.
    private static int KeyStep(string text, int at)
    {
        var letter = text[at];
        if (char.IsAsciiLetterOrDigit(letter) || char.IsWhiteSpace(letter) || letter is '+' or '/' or '=' or ':' or ',')
        {
            return 1;
        }

        // The end has five dashes; one alone occurs in the headers of a key.
        if (letter == '-')
        {
            return text.AsSpan(at).StartsWith("-----", StringComparison.Ordinal) ? 0 : 1;
        }

        // Line breaks as JSON writes them, however often it is itself within JSON. A quote after the backslashes ends the text.
        var run = text.AsSpan(at).IndexOfAnyExcept('\\');
        return run > 0 && text[at + run] is 'n' or 'r' or 't' or 'u' ? run : 0;
    }

    // "Bearer abc…": a word in prose has no digit; "Basic" is followed by base 64, which may have none.
    private static SecretSpan Credentials(string text, int at)
    {
        var start = at;
        while (start < text.Length && text[start] == ' ' && start - at < 8)
        {
            start++;
        }

        if (start == at)
        {
            start += text.AsSpan(at).StartsWith("%20", StringComparison.Ordinal) ? 3 : 0;
        }

        if (start == at)
        {
            return SecretSpan.None;
        }

        var end = KeyEnd(text, start);
        var value = text.AsSpan(start, end - start);
        var looksSecret = value.ContainsAnyInRange('0', '9') || value.Contains('=') || value.ContainsAnyInRange('A', 'Z');
        return value.Length >= 8 && looksSecret ? new SecretSpan(start, end - start) : SecretSpan.None;
    }

    // "postgres://user:password@host": all before the last @ of the authority is user information.
    private static SecretSpan UserInfo(string text, int at)
    {
        var window = text.AsSpan(at, Math.Min(MaxUserInfo, text.Length - at));
        var end = window.IndexOfAny(AuthorityEnds);
        var authority = end < 0 ? window : window[..end];
        var host = authority.LastIndexOf('@');
        var colon = authority.IndexOf(':');
        return host > 0 && colon >= 0 && colon < host - 1 ? new SecretSpan(at + colon + 1, host - colon - 1) : SecretSpan.None;
    }

    // NAME=value, NAME: value, "name": "value", \"name\": \"value\", --name value is left to the vendors' prefixes.
    private static SecretSpan Assigned(string text, int at, bool isPassword)
    {
        var i = SkipQuote(text, at);
        i = SkipSpaces(text, i);
        if (i >= text.Length || text[i] is not ('=' or ':'))
        {
            return SecretSpan.None;
        }

        var isEquals = text[i] == '=';
        var isSpaced = text[i - 1] == ' ' || (i + 1 < text.Length && text[i + 1] == ' ');
        i++;
        if (i < text.Length && text[i] is '=' or '>' or ':')
        {
            return SecretSpan.None;
        }

        var before = SkipSpaces(text, i);
        var start = SkipQuote(text, before);
        if (start >= text.Length || text[start] is '$' or '<' or '{' or '[' or '(' or '*' or '%' or '&')
        {
            return SecretSpan.None;
        }

        var quote = start == before ? '\0' : text[start - 1] == '\'' ? '\'' : '"';
        var isEscaped = start > before && (text[start - 1] is not ('"' or '\'') || text[start - 2] == '\\');
        var looked = text.AsSpan(start, Math.Min(MaxLooked, text.Length - start));
        var value = looked[..EndOf(looked, quote, isEscaped)];
        if (value.IsEmpty || SecretWords.IsPlaceholder(value) || (!isPassword && value.Length < 6))
        {
            return SecretSpan.None;
        }

        // Prose and code ("token: the next word", "api_key = load()") have neither quotes nor digits where secrets do.
        var isWord = quote == '\0' && !value.ContainsAnyInRange('0', '9');
        if (isWord && !isPassword && (!isEquals || isSpaced || value.ContainsAny('(', '[', '.')))
        {
            return SecretSpan.None;
        }

        return new SecretSpan(start, EndOf(text.AsSpan(start), quote, isEscaped));
    }

    private static int EndOf(ReadOnlySpan<char> text, char quote, bool isEscaped)
    {
        var end = 0;
        while (end < text.Length && !IsEnd(text[end], quote, isEscaped))
        {
            // Within a string of JSON an escaped quote is part of it; within JSON that is itself a string it is the end.
            end += text[end] == '\\' ? 2 : 1;
        }

        return Math.Min(end, text.Length);
    }

    private static bool IsEnd(char letter, char quote, bool isEscaped) =>
        letter is '"' or '\r' or '\n'
        || letter == quote
        || (letter == '\\' && (isEscaped || quote == '\0'))
        || (quote == '\0' && (char.IsWhiteSpace(letter) || letter is ',' or ';' or '&' or '\'' or ')' or '}' or ']' or '<'));

    private static int SkipSpaces(string text, int at)
    {
        var end = Math.Min(text.Length, at + 8);
        while (at < end && text[at] is ' ' or '\t')
        {
            at++;
        }

        return at;
    }

    // A quote as it is, escaped once or more often, or as the number that careful writers of JSON give it.
    private static int SkipQuote(string text, int at)
    {
        var run = text.AsSpan(at).IndexOfAnyExcept('\\');
        if (run < 0)
        {
            return at;
        }

        var quote = text.AsSpan(at + run);
        return quote[0] is '"' or '\'' ? at + run + 1
            : run > 0 && (quote.StartsWith("u0022", StringComparison.Ordinal) || quote.StartsWith("u0027", StringComparison.Ordinal)) ? at + run + 5
            : at;
    }

    private static int KeyEnd(string text, int at)
    {
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '_' or '-' or '.' or '+' or '/' or '=' or '~'))
        {
            at++;
        }

        return at;
    }
}
