namespace Gander.Hosting;

/// <summary>The three doors of the server. Each serves its own endpoints and no others.</summary>
public enum Listener
{
    /// <summary>OTLP over gRPC (HTTP/2 without TLS unless a certificate is set).</summary>
    OtlpGrpc,

    /// <summary>OTLP over HTTP/1.1 and HTTP/2.</summary>
    OtlpHttp,

    /// <summary>Pages and query APIs. An endpoint that names no listener belongs here.</summary>
    Pages,
}
