using System.Text.Json;

namespace Gander.Commands.Sessions;

/// <summary>Reads members of the API's answers that may be null.</summary>
internal static class SessionsAnswer
{
    /// <summary>Text, or null.</summary>
    public static string? Text(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A whole number; 0 where there is none.</summary>
    public static long Whole(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : 0;

    /// <summary>A length of time in nanoseconds, which the API gives in milliseconds; or null.</summary>
    public static long? Nanos(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? (long)(value.GetDecimal() * 1_000_000) : null;

    /// <summary>A number with decimals, or null.</summary>
    public static decimal? Number(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDecimal() : null;

    /// <summary>The entries of a list.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];

    /// <summary>The first part of a time of the API: 2026-11-22 14:03:12.</summary>
    public static string Moment(this JsonElement json, string name) => json.Text(name) is { Length: >= 19 } time ? $"{time[..10]} {time[11..19]}" : "-";
}
