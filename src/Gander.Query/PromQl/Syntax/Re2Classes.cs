using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Gander.Query.PromQl.Syntax;

/// <summary>The members of character classes in RE2's syntax, written as .NET understands them between brackets.</summary>
internal static class Re2Classes
{
    // RE2's short classes are about ASCII alone.
    private static readonly FrozenDictionary<char, string> s_perl = new Dictionary<char, string>
    {
        ['d'] = "0-9",
        ['D'] = "\\u0000-/:-\\uffff",
        ['s'] = "\\t\\n\\f\\r\\u0020",
        ['S'] = "\\u0000-\\u0008\\u000b\\u000e-\\u001f!-\\uffff",
        ['w'] = "0-9A-Za-z_",
        ['W'] = "\\u0000-/:-@\\[-\\^`{-\\uffff",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, (string Members, string Others)> s_posix = new Dictionary<string, (string, string)>
    {
        ["alnum"] = ("0-9A-Za-z", "\\u0000-/:-@\\[-`{-\\uffff"),
        ["alpha"] = ("A-Za-z", "\\u0000-@\\[-`{-\\uffff"),
        ["ascii"] = ("\\u0000-\\u007f", "\\u0080-\\uffff"),
        ["blank"] = ("\\t\\u0020", "\\u0000-\\u0008\\u000a-\\u001f!-\\uffff"),
        ["cntrl"] = ("\\u0000-\\u001f\\u007f", "\\u0020-~\\u0080-\\uffff"),
        ["digit"] = ("0-9", "\\u0000-/:-\\uffff"),
        ["graph"] = ("!-~", "\\u0000-\\u0020\\u007f-\\uffff"),
        ["lower"] = ("a-z", "\\u0000-`{-\\uffff"),
        ["print"] = ("\\u0020-~", "\\u0000-\\u001f\\u007f-\\uffff"),
        ["punct"] = ("!-/:-@\\[-`{-~", "\\u0000-\\u00200-9A-Za-z\\u007f-\\uffff"),
        ["space"] = ("\\t-\\r\\u0020", "\\u0000-\\u0008\\u000e-\\u001f!-\\uffff"),
        ["upper"] = ("A-Z", "\\u0000-@\\[-\\uffff"),
        ["word"] = ("0-9A-Za-z_", "\\u0000-/:-@\\[-\\^`{-\\uffff"),
        ["xdigit"] = ("0-9A-Fa-f", "\\u0000-/:-@G-`g-\\uffff"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Appends what stands at a place inside brackets: a character, a range, or a class.</summary>
    /// <exception cref="ArgumentException">It is not valid.</exception>
    public static void AppendMember(string pattern, ref int at, StringBuilder content)
    {
        if (pattern.AsSpan(at).StartsWith("[:"))
        {
            var end = pattern.IndexOf(":]", at, StringComparison.Ordinal);
            if (end > 0)
            {
                AppendPosix(pattern[(at + 2)..end], content);
                at = end + 2;
                return;
            }
        }

        if (pattern[at] == '\\' && at + 1 < pattern.Length && (s_perl.ContainsKey(pattern[at + 1]) || pattern[at + 1] is 'p' or 'P'))
        {
            AppendEscape(pattern, ref at, content);
            return;
        }

        var start = at;
        var first = ReadCharacter(pattern, ref at);
        var last = first;
        if (at + 1 < pattern.Length && pattern[at] == '-' && pattern[at + 1] != ']')
        {
            at++;
            last = ReadCharacter(pattern, ref at);
        }

        if (last < first)
        {
            throw new ArgumentException($"invalid character class range: `{pattern[start..at]}`");
        }

        if (first > char.MaxValue)
        {
            throw new NotSupportedException($"characters beyond U+FFFF in a class are not supported: `{pattern[start..at]}`");
        }

        AppendLiteral(content, (char)first);
        if (last != first)
        {
            content.Append('-');
            AppendLiteral(content, (char)Math.Min(last, char.MaxValue));
        }
    }

    /// <summary>Appends an escape as members of a class.</summary>
    /// <exception cref="ArgumentException">It is not valid.</exception>
    public static void AppendEscape(string pattern, ref int at, StringBuilder content)
    {
        var letter = pattern[at + 1];
        if (s_perl.TryGetValue(letter, out var members))
        {
            content.Append(members);
            at += 2;
            return;
        }

        if (letter is 'p' or 'P')
        {
            AppendCategory(pattern, ref at, content);
            return;
        }

        var character = ReadCharacter(pattern, ref at);
        if (character > char.MaxValue)
        {
            throw new NotSupportedException($"characters beyond U+FFFF in an escape are not supported: U+{character:X}");
        }

        AppendLiteral(content, (char)character);
    }

    /// <summary>Appends a character that means itself wherever it stands.</summary>
    public static void AppendLiteral(StringBuilder content, char character) =>
        _ = char.IsAsciiLetterOrDigit(character) || character is '_' or > '\u009f' ? content.Append(character)
            : content.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");

    private static void AppendPosix(string name, StringBuilder content)
    {
        var isNegated = name.StartsWith('^');
        if (!s_posix.TryGetValue(isNegated ? name[1..] : name, out var posix))
        {
            throw new ArgumentException($"invalid character class range: `[:{name}:]`");
        }

        content.Append(isNegated ? posix.Others : posix.Members);
    }

    private static void AppendCategory(string pattern, ref int at, StringBuilder content)
    {
        var isNegated = pattern[at + 1] == 'P';
        var start = at;
        at += 2;
        var end = at < pattern.Length && pattern[at] == '{' ? pattern.IndexOf('}', at) : at;
        if (at >= pattern.Length || end < 0)
        {
            throw new ArgumentException($"invalid character class range: `{pattern[start..]}`");
        }

        var name = pattern[at] == '{' ? pattern[(at + 1)..end] : pattern[at].ToString();
        at = end + 1;
        isNegated ^= name.StartsWith('^');
        name = name.TrimStart('^');
        if (name.Length is 0 or > 2)
        {
            throw new NotSupportedException($"only general categories of Unicode are supported, not scripts: `{pattern[start..at]}`");
        }

        content.Append(isNegated ? "\\P{" : "\\p{").Append(name).Append('}');
    }

    private static int ReadCharacter(string pattern, ref int at)
    {
        if (pattern[at] != '\\')
        {
            return pattern[at++];
        }

        if (at + 1 >= pattern.Length)
        {
            throw new ArgumentException("trailing backslash at end of expression: `\\`");
        }

        var letter = pattern[at + 1];
        var start = at;
        at += 2;
        switch (letter)
        {
            case 'a':
                return '\a';
            case 'f':
                return '\f';
            case 't':
                return '\t';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 'v':
                return '\v';
            case 'x':
                return ReadHexadecimal(pattern, start, ref at);
            case '0':
                return ReadOctal(pattern, ref at, 0);
            case >= '1' and <= '7' when at < pattern.Length && pattern[at] is >= '0' and <= '7':
                return ReadOctal(pattern, ref at, letter - '0');
            default:
                return letter < 0x80 && !char.IsAsciiLetterOrDigit(letter)
                    ? letter
                    : throw new ArgumentException($"invalid escape sequence: `{pattern[start..at]}`");
        }
    }

    private static int ReadOctal(string pattern, ref int at, int value)
    {
        for (var i = 0; i < 2 && at < pattern.Length && pattern[at] is >= '0' and <= '7'; i++)
        {
            value = (value * 8) + pattern[at++] - '0';
        }

        return value;
    }

    private static int ReadHexadecimal(string pattern, int start, ref int at)
    {
        var isBraced = at < pattern.Length && pattern[at] == '{';
        var end = isBraced ? pattern.IndexOf('}', at) : at + 2;
        var digits = end < 0 || end > pattern.Length ? "" : pattern[(isBraced ? at + 1 : at)..end];
        if (!int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) || value is < 0 or > 0x10ffff)
        {
            throw new ArgumentException($"invalid escape sequence: `{pattern[start..Math.Min(pattern.Length, at + 2)]}`");
        }

        at = isBraced ? end + 1 : end;
        return value;
    }
}
