namespace Gander.Agent.Tools.Ignore;

/// <summary>
/// A shell pattern for one name of a path, as gitignore(5) has them: <c>*</c>, <c>?</c>, <c>[a-z]</c>, <c>[!a]</c>, <c>[[:alpha:]]</c> and
/// backslashes. Matching takes at most the product of both lengths, whatever the pattern.
/// </summary>
internal sealed class SegmentPattern
{
    private readonly List<Part> _parts = [];
    private readonly bool _isBroken;

    public SegmentPattern(string pattern)
    {
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '*':
                    if (_parts is not [.., AnyRun])
                    {
                        _parts.Add(new AnyRun());
                    }

                    break;
                case '?':
                    _parts.Add(new AnyOne());
                    break;
                case '[':
                    var end = CharacterClass.TryParse(pattern, i, out var members);
                    _isBroken |= end < 0;
                    if (end < 0)
                    {
                        return;
                    }

                    _parts.Add(new OneOf(members!));
                    i = end;
                    break;
                case '\\':
                    // A backslash at the end can match nothing, as in git.
                    _isBroken |= i + 1 == pattern.Length;
                    if (!_isBroken)
                    {
                        _parts.Add(new Exactly(pattern[++i]));
                    }

                    break;
                default:
                    _parts.Add(new Exactly(pattern[i]));
                    break;
            }
        }
    }

    /// <summary>Whether the whole name matches.</summary>
    public bool Matches(ReadOnlySpan<char> name)
    {
        if (_isBroken)
        {
            return false;
        }

        var (part, at, retryPart, retryAt) = (0, 0, -1, 0);
        while (at < name.Length)
        {
            if (part < _parts.Count && _parts[part] is AnyRun)
            {
                (retryPart, retryAt) = (++part, at);
            }
            else if (part < _parts.Count && _parts[part].Accepts(name[at]))
            {
                (part, at) = (part + 1, at + 1);
            }
            else if (retryPart >= 0)
            {
                (part, at) = (retryPart, ++retryAt);
            }
            else
            {
                return false;
            }
        }

        while (part < _parts.Count && _parts[part] is AnyRun)
        {
            part++;
        }

        return part == _parts.Count;
    }

    private abstract record Part
    {
        public abstract bool Accepts(char character);
    }

    private sealed record AnyRun : Part
    {
        public override bool Accepts(char character) => true;
    }

    private sealed record AnyOne : Part
    {
        public override bool Accepts(char character) => true;
    }

    private sealed record Exactly(char Expected) : Part
    {
        public override bool Accepts(char character) => character == Expected;
    }

    private sealed record OneOf(CharacterClass Members) : Part
    {
        public override bool Accepts(char character) => Members.Contains(character);
    }
}
