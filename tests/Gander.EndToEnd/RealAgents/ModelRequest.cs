using System.Text.Json;

namespace Gander.EndToEnd.RealAgents;

/// <summary>One request as the scripted model server noted it: what really happened between an agent and its model.</summary>
/// <param name="Model">The model asked for.</param>
/// <param name="Status">The HTTP status answered.</param>
/// <param name="Uncached">Input tokens that came from no cache.</param>
/// <param name="CacheRead">Input tokens read from the cache.</param>
/// <param name="CacheWrite">Input tokens written to the cache; only Anthropic's answers have them.</param>
/// <param name="Output">Output tokens as the provider counts them: Gemini's without thoughts, others' with reasoning.</param>
/// <param name="Reasoning">Tokens of reasoning; Anthropic's answers have none.</param>
/// <param name="Tools">The tools that the answer calls, by the agent's own names.</param>
internal sealed record ModelRequest(string Model, int Status, long Uncached, long CacheRead, long CacheWrite, long Output, long Reasoning, IReadOnlyList<string> Tools)
{
    /// <summary>Whether the model answered.</summary>
    public bool IsAnswered => Status == 200;

    /// <summary>Reads a line of the server's log; null when it is of something else than a model call.</summary>
    public static ModelRequest? Read(string line)
    {
        using var document = JsonDocument.Parse(line);
        var entry = document.RootElement;
        if (!entry.TryGetProperty("status", out var status))
        {
            return null;
        }

        var kind = entry.GetProperty("kind").GetString();
        var usage = entry.TryGetProperty("usage", out var found) ? found : default;
        var tools = entry.TryGetProperty("calls", out var calls) ? calls.EnumerateArray().Select(call => call.GetProperty("name").GetString()!) : [];
        return new ModelRequest(
            entry.GetProperty("model").GetString()!,
            status.GetInt32(),
            Tokens("input"),
            Tokens("cache_read"),
            kind == "anthropic" ? Tokens("cache_creation") : 0,
            Tokens("output"),
            kind == "anthropic" ? 0 : Tokens("reasoning"),
            [.. tools]);

        long Tokens(string name) => usage.ValueKind == JsonValueKind.Object ? usage.GetProperty(name).GetInt64() : 0;
    }
}
