namespace Gander.Agent.Telemetry.Export;

/// <summary>Makes words of a stranger fit for one line of a terminal.</summary>
internal static class Printable
{
    private const int MaxLength = 200;

    /// <summary>The text without control characters, shortened.</summary>
    public static string Line(string text)
    {
        return TerminalText.Line(text.Length <= MaxLength ? text : text[..MaxLength] + "…").Trim();
    }
}
