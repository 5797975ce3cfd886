using System.ComponentModel.DataAnnotations;

namespace Gander.Otlp;

/// <summary>How OTLP is received, over both transports.</summary>
public sealed class OtlpOptions
{
    /// <summary>A path before <c>/v1/traces</c> and its like on the HTTP port, such as <c>/collector</c>; empty for none.</summary>
    public string BasePath { get; set; } = "";

    /// <summary>Bytes of a request body as sent; more are refused (413, RESOURCE_EXHAUSTED).</summary>
    [Range(1_024, 1_073_741_824)]
    public int MaxBodyBytes { get; set; } = 67_108_864;

    /// <summary>Bytes of a body after unpacking; unpacking stops there and the request is refused.</summary>
    [Range(1_024, 1_073_741_824)]
    public int MaxUnpackedBytes { get; set; } = 67_108_864;

    /// <summary>Origins, such as <c>https://app.example.org</c>, whose pages may send telemetry from a browser; none by default.</summary>
    public IReadOnlyList<string> CorsOrigins { get; set; } = [];

    /// <summary>Seconds after which a sender that was refused for lack of room should try again.</summary>
    [Range(1, 3_600)]
    public int RetryAfterSeconds { get; set; } = 1;
}
