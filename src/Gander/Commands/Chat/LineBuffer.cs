namespace Gander.Commands.Chat;

/// <summary>A text being typed, and where in it the person is.</summary>
internal sealed class LineBuffer
{
    private const int MaxLength = 1_000_000;

    /// <summary>What was typed so far.</summary>
    public string Text { get; private set; } = "";

    /// <summary>The place before which the next character goes.</summary>
    public int Position { get; private set; }

    /// <summary>Puts another text in its place, with the person at its end.</summary>
    public void Set(string text) => (Text, Position) = (text, text.Length);

    /// <summary>Puts a text in at the place; one that would make it too long is left out.</summary>
    public void Insert(string text)
    {
        if (Text.Length + text.Length <= MaxLength)
        {
            Text = Text.Insert(Position, text);
            Position += text.Length;
        }
    }

    /// <summary>Takes away the character before the place.</summary>
    public void Backspace() => Remove(Before(), Position);

    /// <summary>Takes away the character after the place.</summary>
    public void Delete() => Remove(Position, After());

    /// <summary>Takes away the word before the place.</summary>
    public void DeleteWord() => Remove(WordStart(), Position);

    /// <summary>Takes away the line up to the place.</summary>
    public void DeleteToLineStart() => Remove(LineStart(), Position);

    /// <summary>Takes away the rest of the line, or its end where there is no rest.</summary>
    public void DeleteToLineEnd() => Remove(Position, LineEnd() > Position ? LineEnd() : After());

    /// <summary>Goes a character back.</summary>
    public void Left() => Position = Before();

    /// <summary>Goes a character on.</summary>
    public void Right() => Position = After();

    /// <summary>Goes a word back.</summary>
    public void WordLeft() => Position = WordStart();

    /// <summary>Goes a word on.</summary>
    public void WordRight()
    {
        while (Position < Text.Length && !char.IsLetterOrDigit(Text[Position]))
        {
            Position++;
        }

        while (Position < Text.Length && char.IsLetterOrDigit(Text[Position]))
        {
            Position++;
        }
    }

    /// <summary>Goes to the beginning of the line.</summary>
    public void Home() => Position = LineStart();

    /// <summary>Goes to the end of the line.</summary>
    public void End() => Position = LineEnd();

    /// <summary>Goes a line up; does not where this is the first.</summary>
    public bool Up()
    {
        var start = LineStart();
        if (start == 0)
        {
            return false;
        }

        var column = Position - start;
        var above = Text.LastIndexOf('\n', Math.Max(0, start - 2)) + 1;
        above = start == 1 ? 0 : above;
        Position = Math.Min(above + column, start - 1);
        return true;
    }

    /// <summary>Goes a line down; does not where this is the last.</summary>
    public bool Down()
    {
        var end = LineEnd();
        if (end == Text.Length)
        {
            return false;
        }

        var column = Position - LineStart();
        var belowEnd = Text.IndexOf('\n', end + 1);
        Position = Math.Min(end + 1 + column, belowEnd < 0 ? Text.Length : belowEnd);
        return true;
    }

    private int Before() => Position == 0 ? 0 : Position - (Position > 1 && char.IsSurrogatePair(Text[Position - 2], Text[Position - 1]) ? 2 : 1);

    private int After() => Position >= Text.Length ? Text.Length : Position + (Position + 1 < Text.Length && char.IsSurrogatePair(Text[Position], Text[Position + 1]) ? 2 : 1);

    private int LineStart() => Position == 0 ? 0 : Text.LastIndexOf('\n', Position - 1) + 1;

    private int LineEnd() => Text.IndexOf('\n', Position) is >= 0 and var end ? end : Text.Length;

    private int WordStart()
    {
        var start = Position;
        while (start > 0 && !char.IsLetterOrDigit(Text[start - 1]))
        {
            start--;
        }

        while (start > 0 && char.IsLetterOrDigit(Text[start - 1]))
        {
            start--;
        }

        return start;
    }

    private void Remove(int from, int to)
    {
        Text = Text.Remove(from, to - from);
        Position = from;
    }
}
