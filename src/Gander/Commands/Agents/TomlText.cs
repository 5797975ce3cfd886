using System.Text;

namespace Gander.Commands.Agents;

/// <summary>
/// Reads the scalar values of a TOML file (TOML 1.0), which is what settings of telemetry are: tables, dotted keys, inline tables,
/// strings, numbers and booleans. Values inside arrays are passed over.
/// </summary>
internal sealed class TomlText
{
    // Deep enough for any settings, and far from the end of the stack.
    private const int MaxDepth = 64;

    private readonly string _text;
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private int _at;
    private int _depth;

    private TomlText(string text) => _text = text;

    /// <summary>The values by their whole keys, such as <c>otel.exporter.otlp-http.endpoint</c>.</summary>
    /// <exception cref="FormatException">The text is no TOML; the message names the line.</exception>
    public static IReadOnlyDictionary<string, string> Parse(string text)
    {
        var toml = new TomlText(text);
        toml.ReadDocument();
        return toml._values;
    }

    private void ReadDocument()
    {
        var table = "";
        while (SkipBlank())
        {
            if (Peek() == '[')
            {
                var isArray = Next(1) == '[';
                _at += isArray ? 2 : 1;
                table = ReadKey();
                Expect(']');
                if (isArray)
                {
                    Expect(']');
                }
            }
            else
            {
                ReadPair(table);
            }

            SkipSpaces();
            if (_at < _text.Length && Peek() is not ('\n' or '\r' or '#'))
            {
                throw Error("something stands behind the value");
            }
        }
    }

    private void ReadPair(string table)
    {
        var key = Joined(table, ReadKey());
        Expect('=');
        SkipSpaces();
        ReadValue(key);
    }

    private string ReadKey()
    {
        var key = "";
        do
        {
            SkipSpaces();
            key = Joined(key, Peek() is '"' or '\'' ? ReadString() : ReadBare("a key"));
            SkipSpaces();
        }
        while (Accept('.'));

        return key;
    }

    private void ReadValue(string key)
    {
        switch (Peek())
        {
            case '"' or '\'':
                _values[key] = ReadString();
                break;
            case '{':
                ReadInlineTable(key);
                break;
            case '[':
                SkipArray();
                break;
            default:
                _values[key] = ReadBare("a value");
                break;
        }
    }

    private void ReadInlineTable(string key)
    {
        Enter();
        Expect('{');
        while (SkipBlank() && Peek() != '}')
        {
            ReadPair(key);
            SkipBlank();
            Accept(',');
        }

        Expect('}');
        _depth--;
    }

    private void SkipArray()
    {
        Enter();
        Expect('[');
        while (SkipBlank() && Peek() != ']')
        {
            if (Peek() == '[')
            {
                SkipArray();
            }
            else if (Peek() is '"' or '\'')
            {
                ReadString();
            }
            else
            {
                // Numbers, dates and the letters of inline tables.
                _at++;
            }
        }

        Expect(']');
        _depth--;
    }

    private void Enter()
    {
        if (++_depth > MaxDepth)
        {
            throw Error($"arrays and tables lie more than {MaxDepth} deep in each other");
        }
    }

    private string ReadBare(string what)
    {
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(Peek()) || Peek() is '_' or '-' or '+' or ':' || (Peek() == '.' && what == "a value")))
        {
            _at++;
        }

        return _at > start ? _text[start.._at] : throw Error($"{what} is missing");
    }

    private string ReadString()
    {
        var quote = Peek();
        var isLong = Next(1) == quote && Next(2) == quote;
        var end = new string(quote, isLong ? 3 : 1);
        _at += end.Length;
        var value = new StringBuilder();
        while (!_text.AsSpan(_at).StartsWith(end, StringComparison.Ordinal))
        {
            if (_at >= _text.Length || (!isLong && Peek() == '\n'))
            {
                throw Error("a text does not end");
            }

            value.Append(quote == '"' && Peek() == '\\' ? ReadEscape() : _text[_at++].ToString());
        }

        _at += end.Length;
        return value.ToString();
    }

    private string ReadEscape()
    {
        var letter = Next(1);
        _at = Math.Min(_at + 2, _text.Length);
        return letter switch
        {
            'n' => "\n",
            't' => "\t",
            'r' => "\r",
            '"' or '\\' or '/' => letter.ToString(),
            _ => $"\\{letter}",
        };
    }

    // Spaces, line ends and comments; false at the end of the text.
    private bool SkipBlank()
    {
        while (_at < _text.Length && (char.IsWhiteSpace(Peek()) || Peek() == '#'))
        {
            _at = Peek() != '#' ? _at + 1 : _text.IndexOf('\n', _at) is >= 0 and var end ? end : _text.Length;
        }

        return _at < _text.Length;
    }

    private void SkipSpaces()
    {
        while (Peek() is ' ' or '\t')
        {
            _at++;
        }
    }

    private char Peek() => Next(0);

    private char Next(int offset) => _at + offset < _text.Length ? _text[_at + offset] : '\0';

    private bool Accept(char character)
    {
        if (Peek() != character)
        {
            return false;
        }

        _at++;
        return true;
    }

    private void Expect(char character)
    {
        SkipSpaces();
        if (!Accept(character))
        {
            throw Error($"'{character}' is missing");
        }
    }

    private FormatException Error(string what) => new($"line {_text.AsSpan(0, Math.Min(_at, _text.Length)).Count('\n') + 1}: {what}");

    private static string Joined(string table, string key) => table.Length == 0 ? key : $"{table}.{key}";
}
