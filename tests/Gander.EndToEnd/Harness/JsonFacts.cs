using System.Text.Json;

namespace Gander.EndToEnd.Harness;

/// <summary>Short ways to say what a session's JSON must hold.</summary>
internal static class JsonFacts
{
    public static string? Text(this JsonElement element, string name) => element.GetProperty(name).GetString();

    public static long Number(this JsonElement element, string name) => element.GetProperty(name).GetInt64();

    public static IReadOnlyList<JsonElement> Items(this JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray()];

    public static IReadOnlyList<string?> Texts(this JsonElement element, string name) => [.. element.Items(name).Select(item => item.GetString())];

    /// <summary>All steps of all turns, in order.</summary>
    public static IReadOnlyList<JsonElement> Steps(this JsonElement session) => [.. session.Items("turns").SelectMany(turn => turn.Items("steps"))];

    /// <summary>Tool names and how often each was called, sorted: <c>edit 1, shell 2</c>.</summary>
    public static string ToolCalls(this JsonElement session) =>
        string.Join(", ", session.Items("tools").Select(tool => $"{tool.Text("name")} {tool.Number("calls")}").Order(StringComparer.Ordinal));
}
