namespace Gander.Commands.Queries;

/// <summary>A drawing of dots, two by four in each character, with a colour for each character: that of the line drawn last.</summary>
/// <param name="columns">Characters of a row.</param>
/// <param name="rows">Rows.</param>
internal sealed class BrailleCanvas(int columns, int rows)
{
    private const char Blank = '\u2800';

    // The bit of each dot of a character (Unicode, Braille Patterns): left column from the top, then the right one.
    private static readonly byte[,] Bits = { { 0x01, 0x02, 0x04, 0x40 }, { 0x08, 0x10, 0x20, 0x80 } };

    private readonly byte[] _dots = new byte[columns * rows];
    private readonly int[] _colours = new int[columns * rows];

    /// <summary>Dots from left to right.</summary>
    public int Width => columns * 2;

    /// <summary>Dots from top to bottom.</summary>
    public int Height => rows * 4;

    /// <summary>Draws a straight line between two dots; what lies outside is left out.</summary>
    public void Line(int fromX, int fromY, int toX, int toY, int colour)
    {
        var steps = Math.Max(1, Math.Max(Math.Abs(toX - fromX), Math.Abs(toY - fromY)));
        for (var step = 0; step <= steps; step++)
        {
            Dot(fromX + (int)Math.Round((toX - fromX) * (double)step / steps), fromY + (int)Math.Round((toY - fromY) * (double)step / steps), colour);
        }
    }

    /// <summary>The characters of a row in pieces of one colour; spaces where nothing is drawn.</summary>
    public IEnumerable<(string Text, int? Colour)> Row(int row)
    {
        var start = 0;
        for (var column = 1; column <= columns; column++)
        {
            if (column == columns || ColourAt(row, column) != ColourAt(row, start))
            {
                yield return (new string([.. Enumerable.Range(start, column - start).Select(at => CharacterAt(row, at))]), ColourAt(row, start));
                start = column;
            }
        }
    }

    private void Dot(int x, int y, int colour)
    {
        if (x < 0 || y < 0 || x >= Width || y >= Height)
        {
            return;
        }

        var at = (y / 4 * columns) + (x / 2);
        _dots[at] |= Bits[x % 2, y % 4];
        _colours[at] = colour;
    }

    private int? ColourAt(int row, int column) => _dots[(row * columns) + column] == 0 ? null : _colours[(row * columns) + column];

    private char CharacterAt(int row, int column) => _dots[(row * columns) + column] is var dots && dots == 0 ? ' ' : (char)(Blank + dots);
}
