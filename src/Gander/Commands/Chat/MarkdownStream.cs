using System.Text;

namespace Gander.Commands.Chat;

/// <summary>
/// Shows Markdown while it comes in pieces: every character as soon as it is clear what it means, which takes a few at most. Headings, lists, quotes, code,
/// emphasis; the rest stays as it was written. Without colours the text is shown as it is.
/// </summary>
/// <param name="output">The terminal.</param>
/// <param name="paint">Whether there are colours.</param>
internal sealed class MarkdownStream(TextWriter output, ChatPaint paint)
{
    private const string BoldCode = "1";
    private const string ItalicCode = "3";
    private const string CodeCode = "36";
    private const string QuoteCode = "2";

    private readonly StringBuilder _lineStart = new();
    private readonly HashSet<string> _styles = [];
    private bool _isAtLineStart = true;
    private bool _isInFence;
    private bool _isFenceLine;
    private char _held;
    private char _last = '\n';

    /// <summary>Whether the last character shown was no line break.</summary>
    public bool IsMidLine => _last != '\n';

    /// <summary>Shows a piece.</summary>
    public void Write(string piece)
    {
        foreach (var character in PlainText.Of(piece))
        {
            Take(character);
        }

        output.Flush();
    }

    /// <summary>Shows what is left, and begins anew on a row of its own.</summary>
    public void End()
    {
        ReleaseLineStart();
        ReleaseHeld('\n');
        ClearStyles();
        if (IsMidLine)
        {
            output.Write('\n');
        }

        (_isAtLineStart, _isInFence, _isFenceLine, _last) = (true, false, false, '\n');
        output.Flush();
    }

    private void Take(char character)
    {
        if (!paint.IsOn)
        {
            Put(character);
        }
        else if (character == '\n')
        {
            EndLine();
        }
        else if (_isAtLineStart)
        {
            _lineStart.Append(character);
            DecideLineStart();
        }
        else if (_isInFence || _isFenceLine)
        {
            Put(character);
        }
        else
        {
            Inline(character);
        }
    }

    private void EndLine()
    {
        if (_isAtLineStart && !_isInFence && IsRule(_lineStart.ToString()))
        {
            _lineStart.Clear();
            output.Write("────────────────");
        }

        if (_isAtLineStart && IsFence(_lineStart.ToString()))
        {
            OpenOrCloseFence();
        }

        ReleaseLineStart();
        ReleaseHeld('\n');
        ClearStyles();
        Put('\n');
        (_isAtLineStart, _isFenceLine) = (true, false);
    }

    // What a line is shows in its first characters; until then they are kept.
    private void DecideLineStart()
    {
        var start = _lineStart.ToString();
        var text = start.TrimStart(' ');
        if (text.Length == 0 && start.Length < 40)
        {
            return;
        }

        if (IsFence(start))
        {
            OpenOrCloseFence();
            return;
        }

        if (_isInFence ? "```".StartsWith(text, StringComparison.Ordinal) || "~~~".StartsWith(text, StringComparison.Ordinal) : MayBecomeSomething(text))
        {
            return;
        }

        if (!_isInFence && text[^1] == ' ')
        {
            Begin(start[..^text.Length], text[..^1]);
            return;
        }

        ReleaseLineStart();
    }

    private static bool MayBecomeSomething(string text) => text switch
    {
        "-" or "*" or "+" or ">" => true,
        _ when text.Length <= 6 && text.All(character => character == '#') => true,
        _ when text.Length <= 3 && (text.All(character => character == '`') || text.All(character => character == '~')) => true,
        _ => IsRuleSoFar(text),
    };

    // ** at the beginning is more often the beginning of bold text than of a rule.
    private static bool IsRuleSoFar(string text) => text.Length <= 80 && text.All(character => character is '-' or '_') && text.Length <= 3;

    private static bool IsRule(string text) => text.Trim() is { Length: >= 3 } rule && (rule.All(character => character == '-') || rule.All(character => character == '_') || rule.All(character => character == '*'));

    private static bool IsFence(string text) => text.TrimStart(' ') is ['`', '`', '`', ..] or ['~', '~', '~', ..];

    private void OpenOrCloseFence()
    {
        _isInFence = !_isInFence;
        _isFenceLine = true;
        var text = _lineStart.ToString();
        _lineStart.Clear();
        _isAtLineStart = false;
        Style(QuoteCode, isOn: true);
        Put(text);
    }

    private void Begin(string indent, string mark)
    {
        switch (mark)
        {
            case "-" or "*" or "+":
                Put(indent + "• ");
                break;
            case ">":
                Style(QuoteCode, isOn: true);
                Put(indent + "│ ");
                break;
            case ['#', ..] when mark.All(character => character == '#'):
                Style(BoldCode, isOn: true);
                break;
            default:
                ReleaseLineStart();
                return;
        }

        _lineStart.Clear();
        _isAtLineStart = false;
    }

    private void ReleaseLineStart()
    {
        if (!_isAtLineStart)
        {
            return;
        }

        var text = _lineStart.ToString();
        _lineStart.Clear();
        _isAtLineStart = false;
        if (_isInFence)
        {
            Style(CodeCode, isOn: true);
            Put(text);
            return;
        }

        foreach (var character in text)
        {
            Inline(character);
        }
    }

    private void Inline(char character)
    {
        if (_held != '\0')
        {
            if (_held == '*' && character == '*')
            {
                _held = '\0';
                Toggle(BoldCode);
                return;
            }

            ReleaseHeld(character);
        }

        if (character == '`')
        {
            Style(CodeCode, !_styles.Contains(CodeCode));
            _last = character;
        }
        else if (character is '*' or '_' && !_styles.Contains(CodeCode))
        {
            _held = character;
        }
        else
        {
            Put(character);
        }
    }

    // A star or underscore begins emphasis before a word and ends it behind one; elsewhere it is itself.
    private void ReleaseHeld(char next)
    {
        if (_held == '\0')
        {
            return;
        }

        var held = _held;
        _held = '\0';
        var isOpen = _styles.Contains(ItalicCode);
        var isMark = isOpen
            ? !char.IsWhiteSpace(_last) && (held == '*' || !char.IsLetterOrDigit(next))
            : !char.IsWhiteSpace(next) && (held == '*' ? !char.IsLetterOrDigit(_last) || char.IsLetterOrDigit(next) : !char.IsLetterOrDigit(_last) && char.IsLetterOrDigit(next));
        if (isMark)
        {
            Toggle(ItalicCode);
        }
        else
        {
            Put(held);
        }
    }

    private void Toggle(string style) => Style(style, !_styles.Contains(style));

    private void Style(string style, bool isOn)
    {
        if (!(isOn ? _styles.Add(style) : _styles.Remove(style)))
        {
            return;
        }

        output.Write(isOn ? $"\e[{style}m" : _styles.Count == 0 ? "\e[0m" : $"\e[0;{string.Join(';', _styles)}m");
    }

    private void ClearStyles()
    {
        if (_styles.Count > 0)
        {
            _styles.Clear();
            output.Write("\e[0m");
        }
    }

    private void Put(char character)
    {
        output.Write(character);
        _last = character;
    }

    private void Put(string text)
    {
        output.Write(text);
        _last = text.Length > 0 ? text[^1] : _last;
    }
}
