using System.IO.Hashing;
using System.Text;

namespace Gander.Web;

/// <summary>Each agent keeps its colour on every page: known ones have a fixed place, others one by their name.</summary>
public static class AgentColour
{
    private const int Colours = 10;

    private static readonly string[] Known = ["claude-code", "codex", "goose", "gemini-cli", "opencode", "qwen-code", "copilot-cli", "gander"];

    /// <summary>The CSS class of the colour, <c>c-1</c> to <c>c-10</c>; none for no name.</summary>
    public static string Of(string? agent)
    {
        if (string.IsNullOrEmpty(agent))
        {
            return "";
        }

        // Copilot's telemetry goes by the name of its service.
        var place = Array.IndexOf(Known, agent == "github-copilot" ? "copilot-cli" : agent);
        return $"c-{(place >= 0 ? place : (int)(XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(agent)) % Colours)) + 1}";
    }
}
