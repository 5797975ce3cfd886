using System.Text.RegularExpressions;
using Gander.Commands.Chat;

namespace Gander.Tests.Commands.Chat;

/// <summary>Answers on a terminal, whatever the pieces they come in.</summary>
public sealed class MarkdownStreamTests
{
    [Theory]
    [InlineData("plain text", "plain text\n")]
    [InlineData("a **bold** word", "a <1>bold<0> word\n")]
    [InlineData("*it* and _it_", "<3>it<0> and <3>it<0>\n")]
    [InlineData("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name\n")]
    [InlineData("say `a*b*c` now", "say <36>a*b*c<0> now\n")]
    [InlineData("# Head\ntext", "<1>Head<0>\ntext\n")]
    [InlineData("#hashtag", "#hashtag\n")]
    [InlineData("- one\n  * two\n+ three", "• one\n  • two\n• three\n")]
    [InlineData("1. one\n-5 degrees", "1. one\n-5 degrees\n")]
    [InlineData("> quoted", "<2>│ quoted<0>\n")]
    [InlineData("---\nx", "────────────────\nx\n")]
    [InlineData("```py\nx = '**no**'\n# no head\n```\n**b**", "<2>```py<0>\n<36>x = '**no**'<0>\n<36># no head<0>\n<2>```<0>\n<1>b<0>\n")]
    [InlineData("**never closed\nnext", "<1>never closed<0>\nnext\n")]
    [InlineData("**b *i* b**", "<1>b <3>i<0;1> b<0>\n")]
    [InlineData("**bold first**", "<1>bold first<0>\n")]
    [InlineData("ends with *", "ends with *\n")]
    [InlineData("-", "-\n")]
    [InlineData("", "")]
    public void Markdown_becomes_what_it_means(string markdown, string shown)
    {
        foreach (var size in (int[])[1, 2, 3, 1_000])
        {
            var output = new StringWriter { NewLine = "\n" };
            var stream = new MarkdownStream(output, new ChatPaint(hasColours: true));

            foreach (var piece in markdown.Chunk(size))
            {
                stream.Write(new string(piece));
            }

            stream.End();

            Assert.Equal(shown, Regex.Replace(output.ToString(), "\e\\[([0-9;]*)m", "<$1>"));
        }
    }

    [Fact]
    public void Without_colours_the_text_is_as_it_was_written()
    {
        var output = new StringWriter();
        var stream = new MarkdownStream(output, new ChatPaint(hasColours: false));

        stream.Write("# Head\n- **a**\n```\nx\n```\n");
        stream.End();

        Assert.Equal("# Head\n- **a**\n```\nx\n```\n", output.ToString());
    }

    [Fact]
    public void No_control_character_of_a_model_reaches_the_terminal()
    {
        var output = new StringWriter();
        var stream = new MarkdownStream(output, new ChatPaint(hasColours: true));

        stream.Write("a\e]0;title\a b\e[2J c\r\nd\u009b31m \u0085 \u007f e\tf");
        stream.End();

        Assert.Equal("a\ufffd]0;title\ufffd b\ufffd[2J c\nd\ufffd31m \ufffd \ufffd e\tf\n", output.ToString());
    }

    [Fact]
    public void Random_text_keeps_its_words()
    {
        const string signs = "ab *_`#->\n1.~";
        var random = new Random(7);
        for (var i = 0; i < 5_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => signs[random.Next(signs.Length)]));
            var output = new StringWriter();
            var stream = new MarkdownStream(output, new ChatPaint(hasColours: true));

            foreach (var piece in text.Chunk(random.Next(1, 9)))
            {
                stream.Write(new string(piece));
            }

            stream.End();

            Assert.Equal(text.Where(char.IsAsciiLetterLower), Regex.Replace(output.ToString(), "\e\\[[0-9;]*m", "").Where(char.IsAsciiLetterLower));
        }
    }
}
