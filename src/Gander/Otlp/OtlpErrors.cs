using System.Diagnostics;
using System.Globalization;
using System.Text;
using Gander.Ingest;

namespace Gander.Otlp;

/// <summary>
/// Answers a refused request as OTLP wants it: over HTTP a <c>google.rpc.Status</c> in the encoding of the request, over gRPC a
/// status in the trailers (OTLP specification, "Failures" and "OTLP/gRPC Throttling"). Also for whoever refuses a request
/// before it reaches a receiver, as authentication does; <see cref="EmitterActivity"/> then remembers it as a failure.
/// </summary>
public static class OtlpErrors
{
    internal const string ProtobufType = "application/x-protobuf";
    internal const string JsonType = "application/json";
    internal const string GrpcType = "application/grpc";

    /// <summary>Whether the request speaks gRPC.</summary>
    public static bool IsGrpc(HttpRequest request) =>
        request.ContentType is { } type
        && type.StartsWith(GrpcType, StringComparison.OrdinalIgnoreCase)
        && (type.Length == GrpcType.Length || type[GrpcType.Length] is '+' or ';' or ' ');

    /// <summary>Refuses a request of either transport. Nothing of the response may have been sent.</summary>
    /// <param name="context">The request.</param>
    /// <param name="kind">Why, which decides the status.</param>
    /// <param name="message">A sentence that tells a person what to change.</param>
    /// <param name="retrySeconds">When to try again; only for <see cref="RefusalKind.Overloaded"/> and <see cref="RefusalKind.Unavailable"/>.</param>
    public static Task RefuseAsync(HttpContext context, RefusalKind kind, string message, int retrySeconds = 1)
    {
        // Over HTTP/1.1 there is no place for the status of a call.
        var isGrpc = IsGrpc(context.Request) && context.Response.SupportsTrailers();
        context.RequestServices.GetService<IngestMeter>()?.Refused(context.Request.Path, isGrpc ? "grpc" : "http", Reason(kind));
        context.RequestServices.GetService<EmitterActivity>()?.RecordFailure(context.Connection.RemoteIpAddress?.ToString() ?? "", isGrpc ? "grpc" : "http", message);
        return isGrpc ? RefuseGrpcAsync(context, kind, message, retrySeconds) : RefuseHttpAsync(context, kind, message, retrySeconds);
    }

    internal static async Task RefuseHttpAsync(HttpContext context, RefusalKind kind, string message, int retrySeconds)
    {
        var response = context.Response;
        response.StatusCode = HttpStatus(kind);
        switch (kind)
        {
            case RefusalKind.MethodNotAllowed:
                response.Headers.Allow = "POST";
                break;
            case RefusalKind.Unauthenticated:
                response.Headers.WWWAuthenticate = "Bearer, Basic realm=\"gander\"";
                break;
            case RefusalKind.Overloaded or RefusalKind.Unavailable:
                response.Headers.RetryAfter = retrySeconds.ToString(CultureInfo.InvariantCulture);
                break;
        }

        var isProtobuf = IsType(context.Request.ContentType, ProtobufType) || IsType(context.Request.ContentType, "application/protobuf");
        var retry = kind is RefusalKind.Overloaded or RefusalKind.Unavailable ? retrySeconds : (int?)null;
        var body = isProtobuf ? RpcStatus.Protobuf(GrpcCode(kind), message, retry) : RpcStatus.Json(GrpcCode(kind), message, retry);
        response.ContentType = isProtobuf ? ProtobufType : JsonType;
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, context.RequestAborted);
    }

    internal static Task RefuseGrpcAsync(HttpContext context, RefusalKind kind, string message, int retrySeconds)
    {
        var response = context.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = GrpcType;
        response.AppendTrailer("grpc-status", GrpcCode(kind).ToString(CultureInfo.InvariantCulture));
        response.AppendTrailer("grpc-message", PercentEncode(message));
        if (kind is RefusalKind.Overloaded or RefusalKind.Unavailable)
        {
            var details = RpcStatus.Protobuf(GrpcCode(kind), message, retrySeconds);
            response.AppendTrailer("grpc-status-details-bin", Convert.ToBase64String(details));
        }

        return response.CompleteAsync();
    }

    internal static bool IsType(string? contentType, string type) =>
        contentType is not null
        && contentType.AsSpan().TrimStart().StartsWith(type, StringComparison.OrdinalIgnoreCase)
        && contentType.AsSpan().TrimStart()[type.Length..].TrimStart() is { } rest
        && (rest.IsEmpty || rest[0] == ';');

    private static int HttpStatus(RefusalKind kind) => kind switch
    {
        RefusalKind.BadData => StatusCodes.Status400BadRequest,
        RefusalKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        RefusalKind.UnsupportedType => StatusCodes.Status415UnsupportedMediaType,
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.MethodNotAllowed => StatusCodes.Status405MethodNotAllowed,
        RefusalKind.Unauthenticated => StatusCodes.Status401Unauthorized,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.Overloaded => StatusCodes.Status429TooManyRequests,
        RefusalKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        RefusalKind.Failed => StatusCodes.Status500InternalServerError,
        _ => throw new UnreachableException($"no HTTP status for {kind}"),
    };

    private static string Reason(RefusalKind kind) => kind switch
    {
        RefusalKind.BadData => "bad_data",
        RefusalKind.TooLarge => "too_large",
        RefusalKind.UnsupportedType => "unsupported_type",
        RefusalKind.NotFound => "not_found",
        RefusalKind.MethodNotAllowed => "method_not_allowed",
        RefusalKind.Unauthenticated => "unauthenticated",
        RefusalKind.Forbidden => "forbidden",
        RefusalKind.Overloaded => "overloaded",
        RefusalKind.Unavailable => "unavailable",
        _ => "failed",
    };

    // The numbers of google.rpc.Code.
    private static int GrpcCode(RefusalKind kind) => kind switch
    {
        RefusalKind.BadData => 3,
        RefusalKind.TooLarge => 8,
        RefusalKind.UnsupportedType or RefusalKind.NotFound or RefusalKind.MethodNotAllowed => 12,
        RefusalKind.Unauthenticated => 16,
        RefusalKind.Forbidden => 7,
        RefusalKind.Overloaded or RefusalKind.Unavailable => 14,
        RefusalKind.Failed => 13,
        _ => throw new UnreachableException($"no gRPC code for {kind}"),
    };

    // gRPC over HTTP/2, "Status-Message": everything but printable ASCII is percent-encoded, and so is the percent sign.
    private static string PercentEncode(string message)
    {
        var text = new StringBuilder(message.Length);
        foreach (var value in Encoding.UTF8.GetBytes(message))
        {
            if (value is >= 0x20 and <= 0x7e and not (byte)'%')
            {
                text.Append((char)value);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"%{value:X2}");
            }
        }

        return text.ToString();
    }
}
