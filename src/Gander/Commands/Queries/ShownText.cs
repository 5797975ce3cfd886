using Gander.Agent;

namespace Gander.Commands.Queries;

/// <summary>Text of a server as a terminal may show it: what came with telemetry must not move the cursor or change colours.</summary>
internal static class ShownText
{
    /// <summary>The text with U+FFFD in the place of each character that steers a terminal.</summary>
    public static string Of(string text) => string.Create(text.Length, text, static (shown, from) =>
    {
        for (var i = 0; i < shown.Length; i++)
        {
            shown[i] = TerminalText.Steers(from[i]) ? '\ufffd' : from[i];
        }
    });
}
