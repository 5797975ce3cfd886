using System.Text.Json;

namespace Gander.Tests.Conformance;

/// <summary>One captured export request of a scenario. For gRPC the body is one message without its 5-byte frame.</summary>
public sealed class FixtureRequest(string folder, JsonElement request)
{
    /// <summary>The absolute path of the body, as it was sent: still compressed where <see cref="ContentEncoding"/> says so.</summary>
    public string BodyPath { get; } = Path.Combine(folder, request.GetProperty("file").GetString()!);

    /// <summary>The request path: <c>/v1/traces</c> and its like, or the gRPC method.</summary>
    public string RequestPath { get; } = request.GetProperty("path").GetString()!;

    /// <summary>The media type, for example <c>application/x-protobuf</c>.</summary>
    public string ContentType { get; } = request.GetProperty("content_type").GetString()!;

    /// <summary>The compression of the body, or null where it has none.</summary>
    public string? ContentEncoding { get; } =
        request.GetProperty("content_encoding").GetString() is { } encoding and not "identity" ? encoding : null;

    /// <summary>The whole entry of the manifest, for headers and record counts.</summary>
    public JsonElement Entry { get; } = request;

    /// <summary>Whether it came as gRPC.</summary>
    public bool IsGrpc => ContentType.StartsWith("application/grpc", StringComparison.Ordinal);

    /// <summary><c>traces</c>, <c>metrics</c> or <c>logs</c>.</summary>
    public string Signal =>
        RequestPath.Contains("trace", StringComparison.OrdinalIgnoreCase) ? "traces"
        : RequestPath.Contains("metric", StringComparison.OrdinalIgnoreCase) ? "metrics"
        : "logs";

    /// <summary>The status the capturing sink answered; 200 where the manifest does not say.</summary>
    public int Answered => Entry.TryGetProperty("answered", out var answered) ? answered.GetInt32() : 200;

    /// <summary>The bytes of <see cref="BodyPath"/>.</summary>
    public byte[] ReadBody() => File.ReadAllBytes(BodyPath);
}
