namespace Gander.Hosting;

/// <summary>The environment that makes an agent send to this server.</summary>
public static class ConnectLines
{
    /// <summary>What stands where the token belongs; the server keeps no token it could print.</summary>
    public const string TokenPlaceholder = "TOKEN";

    /// <summary>
    /// The <c>export</c> lines for goose. The protocol is named because goose turns all export off when it finds gRPC in its
    /// environment, and content is asked for because goose leaves it out otherwise.
    /// </summary>
    /// <param name="addresses">Where the server listens.</param>
    /// <param name="tokenNeeded">Whether exports need a token; then one line has <see cref="TokenPlaceholder"/> in it.</param>
    public static IReadOnlyList<string> Goose(ServerAddresses addresses, bool tokenNeeded) =>
    [
        $"export OTEL_EXPORTER_OTLP_ENDPOINT=\"{addresses.OtlpHttp.GetLeftPart(UriPartial.Authority)}\"",
        .. tokenNeeded ? [$"export OTEL_EXPORTER_OTLP_HEADERS=\"Authorization=Basic {TokenPlaceholder}\""] : Array.Empty<string>(),
        "export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
        "export OTEL_SERVICE_NAME=goose",
        "export OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=true",
    ];
}
