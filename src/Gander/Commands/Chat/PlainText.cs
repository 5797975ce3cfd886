using Gander.Agent;

namespace Gander.Commands.Chat;

/// <summary>Text of models, tools and people as a terminal may show it over several lines: nothing that steers it but line breaks and tabs reaches it.</summary>
internal static class PlainText
{
    /// <summary>The text; CR LF is a line break, and everything else that steers a terminal is U+FFFD.</summary>
    public static string Of(string text) => TerminalText.Lines(text);
}
