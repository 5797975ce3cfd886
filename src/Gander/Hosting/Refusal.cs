using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Net.Http.Headers;

namespace Gander.Hosting;

/// <summary>
/// Answers a request that is refused before it reaches its endpoint, in the form its kind of client reads: a
/// <c>google.rpc.Status</c> in the request's encoding for OTLP over HTTP, a status without a message for gRPC, JSON for APIs.
/// </summary>
internal static class Refusal
{
    /// <summary>Writes the answer.</summary>
    /// <param name="context">The request.</param>
    /// <param name="listener">Where it came in.</param>
    /// <param name="status">The HTTP status; gRPC gets the code that matches it.</param>
    /// <param name="message">What is wrong and what to do.</param>
    public static Task WriteAsync(HttpContext context, Listener listener, int status, string message) => listener switch
    {
        Listener.OtlpGrpc => WriteGrpcAsync(context, status, message),
        Listener.OtlpHttp => WriteOtlpAsync(context, status, message),
        _ => WriteJsonAsync(context, status, message),
    };

    private static Task WriteGrpcAsync(HttpContext context, int status, string message)
    {
        // PROTOCOL-HTTP2.md, "Trailers-Only": the status stands in the headers of an answer without a body.
        context.Response.StatusCode = StatusCodes.Status200OK;
        context.Response.ContentType = "application/grpc";
        context.Response.Headers["grpc-status"] = GrpcCode(status).ToString(CultureInfo.InvariantCulture);
        context.Response.Headers["grpc-message"] = Uri.EscapeDataString(message).Replace("%20", " ", StringComparison.Ordinal);
        return Task.CompletedTask;
    }

    private static async Task WriteOtlpAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        var body = new ArrayBufferWriter<byte>(256);
        if (MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.ContentType = "application/json";
            using var json = new Utf8JsonWriter(body);
            json.WriteStartObject();
            json.WriteNumber("code", GrpcCode(status));
            json.WriteString("message", message);
            json.WriteEndObject();
            await json.FlushAsync(context.RequestAborted);
        }
        else
        {
            context.Response.ContentType = "application/x-protobuf";
            WriteStatus(body, GrpcCode(status), message);
        }

        context.Response.ContentLength = body.WrittenCount;
        await context.Response.Body.WriteAsync(body.WrittenMemory, context.RequestAborted);
    }

    // google/rpc/status.proto: int32 code = 1; string message = 2.
    private static void WriteStatus(ArrayBufferWriter<byte> body, int code, string message)
    {
        body.Write<byte>([(1 << 3) | 0, (byte)code, (2 << 3) | 2]);
        var length = (uint)Encoding.UTF8.GetByteCount(message);
        while (length >= 0x80)
        {
            body.Write<byte>([(byte)(length | 0x80)]);
            length >>= 7;
        }

        body.Write<byte>([(byte)length]);
        Encoding.UTF8.GetBytes(message, body);
    }

    private static Task WriteJsonAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { error = message }, context.RequestAborted);
    }

    // google/rpc/code.proto
    private static int GrpcCode(int status) => status switch
    {
        StatusCodes.Status400BadRequest or StatusCodes.Status421MisdirectedRequest => 3,
        StatusCodes.Status401Unauthorized => 16,
        StatusCodes.Status403Forbidden => 7,
        StatusCodes.Status429TooManyRequests => 8,
        StatusCodes.Status503ServiceUnavailable => 14,
        _ => 2,
    };
}
