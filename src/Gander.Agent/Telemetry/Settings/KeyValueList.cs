namespace Gander.Agent.Telemetry.Settings;

/// <summary>
/// Reads <c>key=value,key=value</c>, the form of <c>OTEL_EXPORTER_OTLP_HEADERS</c> and <c>OTEL_RESOURCE_ATTRIBUTES</c> (W3C Baggage). Values are
/// percent-decoded; a plain space in a value is taken as it is.
/// </summary>
internal static class KeyValueList
{
    /// <summary>The pairs in order; entries that are none go to <paramref name="onMalformed"/>.</summary>
    public static List<KeyValuePair<string, string>> Read(string text, Action<string> onMalformed)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var entry in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = entry.IndexOf('=', StringComparison.Ordinal);
            var key = equals < 0 ? "" : Uri.UnescapeDataString(entry[..equals].Trim());
            if (key.Length == 0 || key.Any(letter => char.IsWhiteSpace(letter) || letter is ':' or '"'))
            {
                onMalformed(entry);
                continue;
            }

            pairs.Add(new(key, Uri.UnescapeDataString(entry[(equals + 1)..].Trim())));
        }

        return pairs;
    }
}
