namespace Gander.Commands.Agents;

/// <summary>Reads OpenTelemetry's list of headers, <c>key=value,key=value</c> (OTLP exporter specification, "Specifying headers via environment variables").</summary>
internal static class HeaderList
{
    /// <summary>The headers an exporter sends; entries of any other form are dropped, as exporters drop them.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Parse(string text) =>
    [
        .. from entry in Entries(text)
           where !HasColonForm(entry)
           let end = entry.IndexOf('=', StringComparison.Ordinal)
           where end > 0
           select KeyValuePair.Create(entry[..end].Trim(), Uri.UnescapeDataString(entry[(end + 1)..].Trim())),
    ];

    /// <summary>The entries as written.</summary>
    public static IEnumerable<string> Entries(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether an entry is written as in HTTP, <c>Authorization: Basic TOKEN</c>. A credential may end in equals signs.</summary>
    public static bool HasColonForm(string entry)
    {
        var colon = entry.IndexOf(':', StringComparison.Ordinal);
        var equals = entry.IndexOf('=', StringComparison.Ordinal);
        return colon > 0 && (equals < 0 || colon < equals);
    }

    /// <summary>The list with equals signs where colons stood.</summary>
    public static string Corrected(string text) =>
        string.Join(',', Entries(text).Select(entry => HasColonForm(entry) ? $"{entry[..entry.IndexOf(':', StringComparison.Ordinal)].Trim()}={entry[(entry.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()}" : entry));
}
