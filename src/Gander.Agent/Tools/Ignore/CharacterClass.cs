namespace Gander.Agent.Tools.Ignore;

/// <summary>A bracket expression such as <c>[a-z_]</c>, <c>[!0-9]</c> or <c>[[:upper:]]</c>.</summary>
internal sealed class CharacterClass
{
    private readonly List<(char First, char Last)> _ranges = [];
    private readonly List<Func<char, bool>> _kinds = [];
    private bool _isNegated;

    private CharacterClass()
    {
    }

    /// <summary>Reads the expression that begins at <paramref name="start"/>.</summary>
    /// <returns>Where its closing bracket stands; -1 where there is none or it names an unknown kind of character.</returns>
    public static int TryParse(string pattern, int start, out CharacterClass? members)
    {
        members = new CharacterClass();
        var at = start + 1;
        if (at < pattern.Length && pattern[at] is '!' or '^')
        {
            members._isNegated = true;
            at++;
        }

        // A bracket right at the beginning is a member.
        for (var isFirst = true; at < pattern.Length && (isFirst || pattern[at] != ']'); isFirst = false)
        {
            at = members.ReadMember(pattern, at);
            if (at < 0)
            {
                return -1;
            }
        }

        return at < pattern.Length ? at : -1;
    }

    /// <summary>Whether the expression accepts the character.</summary>
    public bool Contains(char character)
    {
        var isMember = _ranges.Exists(range => character >= range.First && character <= range.Last) || _kinds.Exists(kind => kind(character));
        return isMember != _isNegated;
    }

    private int ReadMember(string pattern, int at)
    {
        if (pattern.AsSpan(at).StartsWith("[:", StringComparison.Ordinal))
        {
            var end = pattern.IndexOf(']', at + 2);
            if (end < 0)
            {
                return -1;
            }

            if (pattern[end - 1] == ':' && end - 1 >= at + 2)
            {
                return AddKind(pattern[(at + 2)..(end - 1)]) ? end + 1 : -1;
            }
        }

        if (Character(pattern, ref at) is not { } first)
        {
            return -1;
        }

        var last = first;
        if (at + 1 < pattern.Length && pattern[at] == '-' && pattern[at + 1] != ']')
        {
            at++;
            if (Character(pattern, ref at) is not { } end)
            {
                return -1;
            }

            last = end;
        }

        _ranges.Add((first, last));
        return at;
    }

    private static char? Character(string pattern, ref int at)
    {
        if (pattern[at] == '\\')
        {
            at++;
        }

        return at < pattern.Length ? pattern[at++] : null;
    }

    private bool AddKind(string name)
    {
        Func<char, bool>? kind = name switch
        {
            "alnum" => char.IsAsciiLetterOrDigit,
            "alpha" => char.IsAsciiLetter,
            "blank" => character => character is ' ' or '\t',
            "cntrl" => character => character is < ' ' or '\x7f',
            "digit" => char.IsAsciiDigit,
            "graph" => character => character is > ' ' and < '\x7f',
            "lower" => char.IsAsciiLetterLower,
            "print" => character => character is >= ' ' and < '\x7f',
            "punct" => character => char.IsAscii(character) && (char.IsPunctuation(character) || char.IsSymbol(character)),
            "space" => character => character is ' ' or (>= '\t' and <= '\r'),
            "upper" => char.IsAsciiLetterUpper,
            "xdigit" => char.IsAsciiHexDigit,
            _ => null,
        };
        if (kind is not null)
        {
            _kinds.Add(kind);
        }

        return kind is not null;
    }
}
