using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Gander.Web.Content;

/// <summary>Reads and prints JSON that stands in telemetry as text. It may be broken, cut off, deep or huge: nothing here throws.</summary>
public static class JsonText
{
    /// <summary>Longer text is shown as it is; reading it would cost more than it helps.</summary>
    public const int MaxParsedChars = 1_000_000;

    private static readonly JsonDocumentOptions Lenient = new() { MaxDepth = 64, AllowTrailingCommas = true };

    // The result is encoded again wherever it is written into HTML, so it may be readable here.
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Parses an object or array; false for anything else.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out JsonElement element)
    {
        element = default;
        if (text is null || text.Length > MaxParsedChars)
        {
            return false;
        }

        var start = text.AsSpan().TrimStart();
        if (start.IsEmpty || start[0] is not ('{' or '['))
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(text, Lenient);
            element = document.RootElement.Clone();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>JSON over several lines, or the text itself when it is none.</summary>
    public static string Pretty(string text) => TryParse(text, out var element) ? Pretty(element) : text;

    /// <summary>A string as its text, everything else as JSON over several lines.</summary>
    public static string Pretty(JsonElement element) => element.ValueKind == JsonValueKind.String
        ? element.GetString() ?? ""
        : JsonSerializer.Serialize(element, Indented);

    /// <summary>The text of a member, or null when it is absent or no string.</summary>
    public static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;

    /// <summary>A member of an object; false when it is absent or JSON null.</summary>
    public static bool TryMember(JsonElement element, string name, out JsonElement member)
    {
        member = default;
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out member) && member.ValueKind is not JsonValueKind.Null;
    }
}
