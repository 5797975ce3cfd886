namespace Gander.Agent.Telemetry.Export;

/// <summary>The headers every export has.</summary>
internal static class RequestHeaders
{
    public static void Add(HttpRequestMessage message, IReadOnlyList<KeyValuePair<string, string>> configured)
    {
        message.Headers.TryAddWithoutValidation("User-Agent", "OTel-OTLP-Exporter-Gander");
        foreach (var (key, value) in configured)
        {
            message.Headers.TryAddWithoutValidation(key, value);
        }
    }
}
