using System.Text;

namespace Gander.Agent.Permissions.Shell;

/// <summary>
/// Reads a command line of a POSIX shell or bash into simple commands (POSIX.1-2024, 2.9 and 2.10), for looking at and not for running:
/// of loops and conditions only the commands in them are of interest.
/// </summary>
internal sealed class ShellReader
{
    private const int MaxDepth = 12;

    private static readonly string[] Keywords = ["if", "then", "elif", "else", "fi", "while", "until", "do", "done", "for", "case", "esac", "in", "select", "{", "}", "!", "time", "function", "[["];

    private static readonly System.Buffers.SearchValues<char> NameCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    private readonly string _text;
    private readonly int _depth;
    private readonly List<ShellSimpleCommand> _commands = [];
    private readonly List<ShellWord> _words = [];
    private readonly List<ShellRedirect> _redirects = [];
    private readonly Queue<(string End, bool IsExpanded)> _hereDocuments = new();
    private int _at;
    private bool _isUnderstood = true;
    private bool _isPiped;

    private ShellReader(string text, int depth) => (_text, _depth) = (text, depth);

    /// <summary>Reads a whole command line.</summary>
    public static ShellCommandLine Read(string text) => Read(text, 0);

    private static ShellCommandLine Read(string text, int depth)
    {
        if (depth > MaxDepth)
        {
            return new ShellCommandLine([], IsUnderstood: false);
        }

        var reader = new ShellReader(text, depth);
        reader.ReadAll();
        return new ShellCommandLine(reader._commands, reader._isUnderstood);
    }

    private void ReadAll()
    {
        while (_at < _text.Length)
        {
            switch (_text[_at])
            {
                case ' ' or '\t' or '\r':
                    _at++;
                    break;
                case '\n':
                    _at++;
                    EndCommand(isPipe: false);
                    SkipHereDocuments();
                    break;
                case '\\' when _at + 1 < _text.Length && _text[_at + 1] == '\n':
                    _at += 2;
                    break;
                case '#':
                    SkipTo('\n');
                    break;
                case ';' or '(' or ')':
                    _at++;
                    EndCommand(isPipe: false);
                    break;
                case '|':
                    var isPipe = Next() != '|';
                    _at += Next() is '|' or '&' ? 2 : 1;
                    EndCommand(isPipe);
                    break;
                case '&' when Next() == '>':
                    _at++;
                    ReadRedirect();
                    break;
                case '&':
                    _at++;
                    EndCommand(isPipe: false);
                    break;
                case '<' or '>' when Next() != '(':
                    ReadRedirect();
                    break;
                default:
                    ReadWordOrNumberedRedirect();
                    break;
            }
        }

        EndCommand(isPipe: false);
    }

    private char Next() => _at + 1 < _text.Length ? _text[_at + 1] : '\0';

    private void SkipTo(char end)
    {
        var found = _text.IndexOf(end, _at);
        _at = found < 0 ? _text.Length : found;
    }

    private void EndCommand(bool isPipe)
    {
        while (_words.Count > 0 && (Keywords.Contains(_words[0].Text, StringComparer.Ordinal) || IsAssignment(_words[0])))
        {
            // What a variable is set to may run commands, which must not be lost.
            var first = _words[0];
            _words.RemoveAt(0);
            if (first.Inner.Count > 0)
            {
                AddComputed(first.Inner);
            }
        }

        if (_words.Count > 0 || _redirects.Count > 0)
        {
            _commands.Add(new ShellSimpleCommand([.. _words], [.. _redirects], _isPiped));
            _isPiped = isPipe;
        }

        _isPiped = isPipe || (_isPiped && _words.Count == 0);
        _words.Clear();
        _redirects.Clear();
    }

    private static bool IsAssignment(ShellWord word)
    {
        var sign = word.Text.IndexOf('=', StringComparison.Ordinal);
        return sign > 0 && !char.IsAsciiDigit(word.Text[0]) && word.Text.AsSpan(0, sign).TrimEnd('+').IndexOfAnyExcept(NameCharacters) < 0;
    }

    private void ReadWordOrNumberedRedirect()
    {
        var digits = _at;
        while (digits < _text.Length && char.IsAsciiDigit(_text[digits]))
        {
            digits++;
        }

        if (digits > _at && digits < _text.Length && _text[digits] is '<' or '>')
        {
            _at = digits;
            ReadRedirect();
            return;
        }

        _words.Add(ReadWord());
    }

    private void ReadRedirect()
    {
        var start = _at;
        while (_at < _text.Length && _text[_at] is '<' or '>' or '&' or '|' && _at - start < 3)
        {
            _at++;
        }

        var sign = _text[start.._at];
        var isHereDocument = sign.StartsWith("<<", StringComparison.Ordinal) && sign != "<<<";
        if (isHereDocument && _at < _text.Length && _text[_at] == '-')
        {
            _at++;
        }

        while (_at < _text.Length && _text[_at] is ' ' or '\t')
        {
            _at++;
        }

        var word = _at;
        var target = ReadWord();
        _redirects.Add(new ShellRedirect(sign, target));
        if (isHereDocument)
        {
            _hereDocuments.Enqueue((target.Text, !_text.AsSpan(word, _at - word).ContainsAny("'\"\\")));
        }
    }

    // Their text is data, but commands in it run where the end mark is not quoted.
    private void SkipHereDocuments()
    {
        while (_hereDocuments.TryDequeue(out var document))
        {
            var start = _at;
            var end = _at;
            while (_at < _text.Length)
            {
                end = _at;
                SkipTo('\n');
                var isEnd = _text[end.._at].TrimStart('\t') == document.End;
                _at = Math.Min(_at + 1, _text.Length);
                if (isEnd)
                {
                    break;
                }

                end = _at;
            }

            if (document.IsExpanded && _text.AsSpan(start, end - start).ContainsAny("$`"))
            {
                AddComputed([Read($"\"{_text[start..end].Replace("\"", "", StringComparison.Ordinal)}\"", _depth + 1)]);
            }
        }
    }

    private void AddComputed(IReadOnlyList<ShellCommandLine> inner) => _commands.Add(new ShellSimpleCommand([new ShellWord("", IsComputed: true, inner)], [], IsPiped: false));

    private ShellWord ReadWord()
    {
        var text = new StringBuilder();
        var inner = new List<ShellCommandLine>();
        var isComputed = false;
        var start = _at;
        while (_at < _text.Length && !(_text[_at] is ' ' or '\t' or '\r' or '\n' or ';' or '|' or '&' or ')' || (_text[_at] is '(' && _at > start) || (_text[_at] is '<' or '>' && Next() != '(')))
        {
            switch (_text[_at])
            {
                case '\'':
                    text.Append(Quoted('\''));
                    break;
                case '"':
                    isComputed |= ReadDoubleQuoted(text, inner);
                    break;
                case '\\' when _at + 1 < _text.Length:
                    text.Append(_text[_at + 1] == '\n' ? "" : _text[_at + 1].ToString());
                    _at += 2;
                    break;
                case '$' when Next() == '\'':
                    _at++;
                    text.Append(Quoted('\''));
                    isComputed = true;
                    break;
                case '$' or '`' or '<' or '>':
                    isComputed |= ReadExpansion(text, inner);
                    break;
                default:
                    text.Append(_text[_at++]);
                    break;
            }
        }

        // A sign that cannot begin a word must not be met for ever.
        if (_at == start)
        {
            _at = Math.Min(_at + 1, _text.Length);
        }

        return new ShellWord(text.ToString(), isComputed, inner);
    }

    private string Quoted(char quote)
    {
        var end = _text.IndexOf(quote, _at + 1);
        if (end < 0)
        {
            _isUnderstood = false;
            end = _text.Length;
        }

        var text = _text[(_at + 1)..end];
        _at = Math.Min(end + 1, _text.Length);
        return text;
    }

    private bool ReadDoubleQuoted(StringBuilder text, List<ShellCommandLine> inner)
    {
        var isComputed = false;
        for (_at++; _at < _text.Length && _text[_at] != '"';)
        {
            if (_text[_at] == '\\' && Next() is '"' or '\\' or '$' or '`' or '\n')
            {
                text.Append(Next() == '\n' ? "" : Next().ToString());
                _at += 2;
            }
            else if (_text[_at] is '$' or '`')
            {
                isComputed |= ReadExpansion(text, inner);
            }
            else
            {
                text.Append(_text[_at++]);
            }
        }

        _isUnderstood &= _at < _text.Length;
        _at = Math.Min(_at + 1, _text.Length);
        return isComputed;
    }

    // $name, ${...}, $(...), $((...)), `...`, <(...), >(...). Whether it was one; a lone sign stays text.
    private bool ReadExpansion(StringBuilder text, List<ShellCommandLine> inner)
    {
        if (_text[_at] == '`')
        {
            inner.Add(Read(Quoted('`').Replace("\\`", "`", StringComparison.Ordinal), _depth + 1));
            return true;
        }

        if (Next() == '(')
        {
            var isFed = _text[_at] == '>';
            var line = Read(Balanced('(', ')'), _depth + 1);
            inner.Add(isFed ? line with { Commands = [.. line.Commands.Select(command => command with { IsPiped = true })] } : line);
            return true;
        }

        if (_text[_at] != '$')
        {
            _at++;
            return false;
        }

        if (Next() == '{')
        {
            var content = Balanced('{', '}');
            if (content.AsSpan().ContainsAny("$`"))
            {
                // A default such as ${x:-$(command)} runs.
                inner.Add(Read("\"" + content.Replace("\"", "", StringComparison.Ordinal) + "\"", _depth + 1));
            }

            return true;
        }

        var end = _at + 1;
        while (end < _text.Length && (char.IsAsciiLetterOrDigit(_text[end]) || _text[end] == '_'))
        {
            end++;
        }

        if (end == _at + 1)
        {
            if (Next() is '?' or '!' or '$' or '#' or '@' or '*' or '-')
            {
                _at += 2;
                return true;
            }

            text.Append(_text[_at++]);
            return false;
        }

        if (_text.AsSpan(_at + 1, end - _at - 1) is "HOME")
        {
            text.Append('~');
            _at = end;
            return false;
        }

        _at = end;
        return true;
    }

    private string Balanced(char open, char close)
    {
        var start = _at + 2;
        var depth = 0;
        for (_at++; _at < _text.Length; _at++)
        {
            var character = _text[_at];
            if (character == '\\')
            {
                _at++;
            }
            else if (character is '\'')
            {
                Quoted('\'');
                _at--;
            }
            else if (character is '"')
            {
                ReadDoubleQuoted(new StringBuilder(), []);
                _at--;
            }
            else if (character == open)
            {
                depth++;
            }
            else if (character == close && --depth == 0)
            {
                return _text[start.._at++];
            }
        }

        _isUnderstood = false;
        _at = _text.Length;
        return start < _text.Length ? _text[start..] : "";
    }
}
