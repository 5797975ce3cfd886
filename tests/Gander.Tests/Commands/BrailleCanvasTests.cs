using Gander.Commands.Queries;

namespace Gander.Tests.Commands;

public sealed class BrailleCanvasTests
{
    [Fact]
    public void A_line_is_drawn_in_dots_and_keeps_its_colour()
    {
        var canvas = new BrailleCanvas(columns: 4, rows: 1);

        canvas.Line(0, 3, 3, 0, colour: 7);

        Assert.Equal([("⡠⠊", (int?)7), ("  ", null)], canvas.Row(0));
    }

    [Fact]
    public void What_lies_outside_is_left_out()
    {
        var canvas = new BrailleCanvas(columns: 1, rows: 1);

        canvas.Line(-5, 0, 20, 0, colour: 1);

        Assert.Equal([("⠉", (int?)1)], canvas.Row(0));
    }
}
