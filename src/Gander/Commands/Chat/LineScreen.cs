using System.Globalization;
using System.Text;
using Spectre.Console.Rendering;

namespace Gander.Commands.Chat;

/// <summary>Draws the text being typed behind its prompt, over as many rows as it needs, and puts the cursor where the person is.</summary>
/// <param name="screen">The terminal.</param>
/// <param name="width">The terminal's width now.</param>
internal sealed class LineScreen(TextWriter screen, Func<int> width)
{
    private const string Prompt = "> ";
    private const string Continuation = "  ";

    private int _cursorRow;

    /// <summary>Begins on an empty row.</summary>
    public void Begin() => _cursorRow = 0;

    /// <summary>Draws everything anew.</summary>
    public void Draw(LineBuffer buffer)
    {
        var columns = Math.Max(10, width());
        var text = new StringBuilder();
        if (_cursorRow > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\e[{_cursorRow}A");
        }

        text.Append("\r\e[J");
        var (row, column) = Write(text, Prompt, 0, 0, columns);
        var cursor = (Row: row, Column: column);
        for (var i = 0; i < buffer.Text.Length; i++)
        {
            if (i == buffer.Position)
            {
                cursor = (row, column);
            }

            if (buffer.Text[i] == '\n')
            {
                text.Append("\r\n");
                (row, column) = Write(text, Continuation, row + 1, 0, columns);
                continue;
            }

            var length = char.IsHighSurrogate(buffer.Text[i]) && i + 1 < buffer.Text.Length ? 2 : 1;
            (row, column) = Write(text, Shown(buffer.Text.AsSpan(i, length)), row, column, columns);
            i += length - 1;
        }

        if (buffer.Position >= buffer.Text.Length)
        {
            cursor = (row, column);
        }

        // A full row leaves the cursor hanging at its end until the next character.
        if (column == columns)
        {
            text.Append("\r\n");
            row++;
        }

        if (cursor.Column == columns)
        {
            cursor = (cursor.Row + 1, 0);
        }

        Place(text, row, cursor);
        screen.Write(text);
        screen.Flush();
        _cursorRow = cursor.Row;
    }

    /// <summary>Leaves the text on the screen and goes to the row below it.</summary>
    public void End(LineBuffer buffer)
    {
        buffer.Set(buffer.Text);
        Draw(buffer);
        screen.Write("\r\n");
        screen.Flush();
        _cursorRow = 0;
    }

    private static string Shown(ReadOnlySpan<char> character) =>
        character is "\t" ? "    " : char.IsControl(character[0]) ? "\ufffd" : character.ToString();

    private static (int Row, int Column) Write(StringBuilder text, string shown, int row, int column, int columns)
    {
        var cells = new Segment(shown).CellCount();
        if (column + cells > columns)
        {
            text.Append("\r\n");
            (row, column) = (row + 1, 0);
        }

        text.Append(shown);
        return (row, column + cells);
    }

    private static void Place(StringBuilder text, int row, (int Row, int Column) cursor)
    {
        text.Append('\r');
        if (row > cursor.Row)
        {
            text.Append(CultureInfo.InvariantCulture, $"\e[{row - cursor.Row}A");
        }

        if (cursor.Column > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\e[{cursor.Column}C");
        }
    }
}
