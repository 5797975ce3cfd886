using Gander.Commands.Agents;

namespace Gander.Tests.Commands.Agents;

public sealed class TomlTextTests
{
    [Fact]
    public void Values_are_found_by_their_whole_keys()
    {
        var values = TomlText.Parse("""
            # a comment
            a = "x # no comment" # a comment
            b.'c d' = 'lit\eral'
            list = [ 1, "two ]", [ { x = 1 } ], ]
            [t]
            yes = true
            n = 1_000
            in = { p = { q = "r" }, s = 1.5 }
            long = '''
            more
            '''
            [[rows]]
            k = 1979-05-27T07:32:00Z
            """);

        Assert.Equal("x # no comment", values["a"]);
        Assert.Equal("lit\\eral", values["b.c d"]);
        Assert.Equal(("true", "1_000", "r", "1.5"), (values["t.yes"], values["t.n"], values["t.in.p.q"], values["t.in.s"]));
        Assert.Equal("more", values["t.long"].Trim());
        Assert.Equal("1979-05-27T07:32:00Z", values["rows.k"]);
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{ a = ", "}")]
    public void What_lies_too_deep_is_a_mistake_and_no_crash(string open, string close)
    {
        var fits = TomlText.Parse($"\na = {string.Concat(Enumerable.Repeat(open, 60))} {string.Concat(Enumerable.Repeat(close, 60))}\nb = 1".Replace("=  }", "= 1 }", StringComparison.Ordinal));
        var mistake = Assert.Throws<FormatException>(() => TomlText.Parse("\na = " + string.Concat(Enumerable.Repeat(open, 200_000))));

        Assert.Equal("1", fits["b"]);
        Assert.StartsWith("line 2: arrays and tables lie more than 64 deep", mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a = \"x", "line 1")]
    [InlineData("\na = { b = 1", "line 2")]
    [InlineData("a", "line 1")]
    [InlineData("a = 1 2", "line 1")]
    [InlineData("[a\nb = 1", "line 1")]
    [InlineData("a = [1", "line 1")]
    public void A_mistake_is_told_with_its_line(string text, string line) => Assert.StartsWith(line, Assert.Throws<FormatException>(() => TomlText.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_text_that_ends_in_a_backslash_is_a_mistake() => Assert.Throws<FormatException>(() => TomlText.Parse("a = \"x\\"));
}
