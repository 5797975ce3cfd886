using Gander.Hosting;
using Gander.Telemetry;

namespace Gander.Otlp;

/// <summary>
/// OTLP over HTTP (OTLP specification 1.x, "OTLP/HTTP"): protobuf and JSON by Content-Type, answers in the type of the request.
/// Thread-safe.
/// </summary>
internal sealed class OtlpHttpReceiver(ExportReceiver receiver)
{
    /// <summary>Answers any request to the path of a signal.</summary>
    public async Task HandleAsync(HttpContext context, Signal signal)
    {
        var request = context.Request;
        var allowsOrigin = AllowOrigin(context);
        if (HttpMethods.IsOptions(request.Method) && allowsOrigin)
        {
            AnswerPreflight(context);
            return;
        }

        if (!HttpMethods.IsPost(request.Method))
        {
            await OtlpErrors.RefuseHttpAsync(context, RefusalKind.MethodNotAllowed, "Telemetry is sent with POST.", receiver.Options.RetryAfterSeconds);
            return;
        }

        var result = await ReceiveAsync(context, signal);
        if (result.Refusal is { } refusal)
        {
            await OtlpErrors.RefuseAsync(context, refusal, result.Message ?? "", receiver.Options.RetryAfterSeconds);
            return;
        }

        var isJson = OtlpErrors.IsType(request.ContentType, OtlpErrors.JsonType);
        var body = isJson
            ? RpcStatus.JsonResponse(RejectedName(signal), result.Rejected, result.Message)
            : RpcStatus.ProtobufResponse(result.Rejected, result.Message);
        context.Response.ContentType = isJson ? OtlpErrors.JsonType : OtlpErrors.ProtobufType;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>Answers a request to any other path of the port.</summary>
    public Task HandleUnknownAsync(HttpContext context) => OtlpErrors.RefuseAsync(
        context,
        RefusalKind.NotFound,
        OtlpErrors.IsGrpc(context.Request)
            ? "This port takes OTLP over HTTP. OTLP over gRPC goes to the other OTLP port, 4317 by default."
            : "Telemetry is received under /v1/traces, /v1/metrics and /v1/logs. OTEL_EXPORTER_OTLP_ENDPOINT is set without that part, "
                + "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT and its like with it.",
        receiver.Options.RetryAfterSeconds);

    private static string RejectedName(Signal signal) => signal switch
    {
        Signal.Traces => "rejectedSpans",
        Signal.Metrics => "rejectedDataPoints",
        _ => "rejectedLogRecords",
    };

    private async Task<ReceiveResult> ReceiveAsync(HttpContext context, Signal signal)
    {
        var request = context.Request;
        var isJson = OtlpErrors.IsType(request.ContentType, OtlpErrors.JsonType);
        if (!isJson && !OtlpErrors.IsType(request.ContentType, OtlpErrors.ProtobufType) && !OtlpErrors.IsType(request.ContentType, "application/protobuf"))
        {
            return ReceiveResult.Refused(RefusalKind.UnsupportedType, "The Content-Type must be application/x-protobuf or application/json.");
        }

        if (request.Headers.ContentEncoding.Count > 1 || !BodyUnpacker.TryParse(request.Headers.ContentEncoding, out var coding))
        {
            context.Response.Headers.AcceptEncoding = BodyUnpacker.Accepted;
            return ReceiveResult.Refused(RefusalKind.UnsupportedType, $"The Content-Encoding must be one of {BodyUnpacker.Accepted}.");
        }

        if (context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            // The receiver counts for itself and answers in OTLP's words.
            limit.MaxRequestBodySize = null;
        }

        try
        {
            var body = new IncomingBody(request.BodyReader, request.ContentLength, coding, isJson);
            return await receiver.ReceiveAsync(signal, body, context.Features.Get<Caller>(), context.RequestAborted);
        }
        catch (IOException)
        {
            // Chunks that are none, too slow a sender, a connection that broke: if anyone is left, it is told.
            return ReceiveResult.Refused(RefusalKind.BadData, "The body could not be read to its end.");
        }
    }

    private bool AllowOrigin(HttpContext context)
    {
        var origin = context.Request.Headers.Origin.ToString();
        if (origin.Length == 0 || !receiver.Options.CorsOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase))
        {
            return false;
        }

        context.Response.Headers.AccessControlAllowOrigin = origin;
        context.Response.Headers.Vary = "Origin";
        return true;
    }

    private static void AnswerPreflight(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        context.Response.Headers.AccessControlAllowMethods = "POST";
        context.Response.Headers.AccessControlAllowHeaders = context.Request.Headers.AccessControlRequestHeaders;
        context.Response.Headers.AccessControlMaxAge = "7200";
    }
}
