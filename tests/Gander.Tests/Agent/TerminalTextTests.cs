using CsCheck;
using Gander.Agent;

namespace Gander.Tests.Agent;

public sealed class TerminalTextTests
{
    [Theory]
    [InlineData("a\r\nb\tc", "a  b c")]
    [InlineData("\e[2Jx\u009b31m\u0007\u007f", "�[2Jx�31m��")]
    [InlineData("evil\u202etxt.exe\u2066", "evil�txt.exe�")]
    [InlineData("a\u2028b\u0085c", "a b c")]
    [InlineData("Grüße 🦆 שלום\u200f", "Grüße 🦆 שלום\u200f")]
    public void A_line_shows_text_and_steers_nothing(string text, string shown) => Assert.Equal(shown, TerminalText.Line(text));

    [Fact]
    public void Lines_keep_their_breaks_and_tabs() => Assert.Equal("a\n\tb�c\nd", TerminalText.Lines("a\r\n\tb\rc\nd"));

    [Fact]
    public void Nothing_that_steers_is_left() => Gen.String.Sample(text =>
        !TerminalText.Line(text).Any(TerminalText.Steers) && !TerminalText.Lines(text).Any(character => TerminalText.Steers(character) && character is not ('\n' or '\t')));
}
