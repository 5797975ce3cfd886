namespace Gander.Hosting;

/// <summary>What <c>serve</c> prints when it is ready.</summary>
internal static class Banner
{
    /// <summary>The lines for a running server.</summary>
    public static IReadOnlyList<string> Lines(RunningServer server) => Lines(server.Addresses, server.DataPath, server.TokenNeeded, server.ReadOnly);

    /// <summary>The lines, without colours, so that they can be copied and read by scripts.</summary>
    public static IReadOnlyList<string> Lines(ServerAddresses addresses, string dataPath, bool tokenNeeded, bool readOnly) =>
    [
        $"Gander {GanderVersion.Text} is ready{(readOnly ? " and shows what is stored; it takes no telemetry (--read-only)" : "")}.",
        "",
        $"  OTLP/gRPC  {Trimmed(addresses.OtlpGrpc)}",
        $"  OTLP/HTTP  {Trimmed(addresses.OtlpHttp)}",
        $"  Pages      {Trimmed(addresses.Pages)}",
        $"  Data       {dataPath}",
        .. readOnly ? [] : Connect(addresses, tokenNeeded),
        "",
        $"{(readOnly ? "Open" : "Then work with goose and open")} {Trimmed(addresses.Pages)}",
        "Stop with Ctrl-C.",
    ];

    private static IEnumerable<string> Connect(ServerAddresses addresses, bool tokenNeeded) =>
    [
        "",
        tokenNeeded ? "To see goose's sessions, paste this with a token (gander token create --name NAME) for TOKEN:" : "To see goose's sessions, paste this where you start it:",
        "",
        .. ConnectLines.Goose(addresses, tokenNeeded).Select(line => $"  {line}"),
    ];

    private static string Trimmed(Uri url) => url.GetLeftPart(UriPartial.Authority);
}
