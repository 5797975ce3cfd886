using System.Globalization;
using System.Text;

namespace Gander.Query.PromQl.Syntax;

/// <summary>
/// Turns a pattern in RE2's syntax into one that .NET understands the same way. What RE2 does not have (look-around,
/// back-references, atomic groups and such) is refused. Source: the syntax page of RE2.
/// </summary>
internal sealed class Re2Translator
{
    private const int MaxRepeat = 1_000;

    // A character outside of the basic plane is two in .NET and one in RE2.
    private const string AnyPair = "[\\ud800-\\udbff][\\udc00-\\udfff]";

    private readonly string _pattern;
    private readonly StringBuilder _output = new();
    private readonly Stack<bool> _isMultiline = new([false]);
    private int _at;

    private Re2Translator(string pattern) => _pattern = pattern;

    /// <summary>Translates a pattern.</summary>
    /// <exception cref="ArgumentException">It is not valid.</exception>
    public static string Translate(string pattern)
    {
        var translator = new Re2Translator(pattern);
        while (translator._at < pattern.Length)
        {
            translator.TranslateNext();
        }

        return translator._output.ToString();
    }

    private void TranslateNext()
    {
        var character = _pattern[_at];
        switch (character)
        {
            case '\\':
                TranslateEscape();
                break;
            case '[':
                TranslateClass();
                break;
            case '(':
                TranslateGroup();
                break;
            case ')':
                _at++;
                _output.Append(')');
                if (_isMultiline.Count > 1)
                {
                    _isMultiline.Pop();
                }

                break;
            case '.':
                _at++;
                AppendAny(".");
                break;
            case '$':
                _at++;
                _output.Append(_isMultiline.Peek() ? "(?m:$)" : "\\z");
                break;
            case '^':
                _at++;
                _output.Append(_isMultiline.Peek() ? "(?m:^)" : "\\A");
                break;
            case '{':
                TranslateRepeat();
                break;
            default:
                _at++;
                _output.Append(character is '#' or ' ' ? $"\\{character}" : character.ToString());
                break;
        }
    }

    // Before a star or plus a half pair is as good as a whole one.
    private void AppendAny(string one) =>
        _output.Append(_at < _pattern.Length && _pattern[_at] is '*' or '+' ? one : $"(?:{AnyPair}|{one})");

    private void TranslateRepeat()
    {
        var end = _pattern.IndexOf('}', _at);
        var bounds = end < 0 ? [] : _pattern[(_at + 1)..end].Split(',');
        var isRepeat = bounds.Length is 1 or 2 && bounds[0].Length > 0 && bounds.All(bound => bound.All(char.IsAsciiDigit));
        if (!isRepeat)
        {
            _at++;
            _output.Append("\\{");
            return;
        }

        if (bounds.Any(bound => bound.Length > 4 || (bound.Length > 0 && int.Parse(bound, CultureInfo.InvariantCulture) > MaxRepeat)))
        {
            throw Error("invalid repeat count", _pattern[_at..(end + 1)]);
        }

        _output.Append(_pattern, _at, end + 1 - _at);
        _at = end + 1;
    }

    private void TranslateGroup()
    {
        var isMultiline = _isMultiline.Peek();
        if (!_pattern.AsSpan(_at).StartsWith("(?"))
        {
            _at++;
            _output.Append('(');
            _isMultiline.Push(isMultiline);
            return;
        }

        var rest = _pattern.AsSpan(_at + 2);
        if (rest.StartsWith("P<") || (rest.StartsWith("<") && !rest.StartsWith("<=") && !rest.StartsWith("<!")))
        {
            var start = _at + (rest[0] == 'P' ? 4 : 3);
            var end = _pattern.IndexOf('>', start);
            if (end <= start || !_pattern.AsSpan(start, end - start).ToString().All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_'))
            {
                throw Error("invalid named capture", _pattern[_at..]);
            }

            _output.Append("(?<").Append(_pattern, start, end - start).Append('>');
            _at = end + 1;
            _isMultiline.Push(isMultiline);
            return;
        }

        TranslateFlags(isMultiline);
    }

    private void TranslateFlags(bool isMultiline)
    {
        var start = _at;
        var (isOn, on, off) = (true, "", "");
        for (_at += 2; _at < _pattern.Length; _at++)
        {
            var letter = _pattern[_at];
            if (letter is ':' or ')')
            {
                break;
            }

            switch (letter)
            {
                case '-' when isOn:
                    isOn = false;
                    break;
                case 'i' or 's':
                    (on, off) = isOn ? (on + letter, off) : (on, off + letter);
                    break;
                case 'm':
                    isMultiline = isOn;
                    break;
                case 'U':
                    // Which of several matches is found does not matter where the whole value must match.
                    break;
                default:
                    throw Error("invalid or unsupported Perl syntax", _pattern[start..(_at + 1)]);
            }
        }

        if (_at >= _pattern.Length)
        {
            throw Error("missing closing )", _pattern[start..]);
        }

        var flags = off.Length > 0 ? $"{on}-{off}" : on;
        if (_pattern[_at++] == ':')
        {
            _output.Append("(?").Append(flags).Append(':');
            _isMultiline.Push(isMultiline);
            return;
        }

        _output.Append(flags.Length > 0 ? $"(?{flags})" : "");
        _isMultiline.Pop();
        _isMultiline.Push(isMultiline);
    }

    private void TranslateEscape()
    {
        if (_at + 1 >= _pattern.Length)
        {
            throw Error("trailing backslash at end of expression", "\\");
        }

        var letter = _pattern[_at + 1];
        switch (letter)
        {
            case 'A' or 'z' or 'b' or 'B':
                _output.Append('\\').Append(letter);
                _at += 2;
                break;
            case 'Q':
                var end = _pattern.IndexOf("\\E", _at + 2, StringComparison.Ordinal);
                end = end < 0 ? _pattern.Length : end;
                foreach (var character in _pattern[(_at + 2)..end])
                {
                    Re2Classes.AppendLiteral(_output, character);
                }

                _at = Math.Min(_pattern.Length, end + 2);
                break;
            case 'D' or 'W' or 'S' or 'P':
                var negated = new StringBuilder("[");
                Re2Classes.AppendEscape(_pattern, ref _at, negated);
                AppendAny(negated.Append(']').ToString());
                break;
            default:
                _output.Append('[');
                Re2Classes.AppendEscape(_pattern, ref _at, _output);
                _output.Append(']');
                break;
        }
    }

    private void TranslateClass()
    {
        var start = _at++;
        var isNegated = _at < _pattern.Length && _pattern[_at] == '^';
        _at += isNegated ? 1 : 0;
        var content = new StringBuilder();
        for (var isFirst = true; ; isFirst = false)
        {
            if (_at >= _pattern.Length)
            {
                throw Error("missing closing ]", _pattern[start..]);
            }

            if (_pattern[_at] == ']' && !isFirst)
            {
                _at++;
                break;
            }

            Re2Classes.AppendMember(_pattern, ref _at, content);
        }

        var text = $"[{(isNegated ? "^" : "")}{content}]";
        if (isNegated)
        {
            AppendAny(text);
        }
        else
        {
            _output.Append(text);
        }
    }

    private static ArgumentException Error(string problem, string part) => new($"{problem}: `{part}`");
}
