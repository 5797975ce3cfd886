using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using Gander.Hosting;
using Gander.Telemetry;

namespace Gander.Otlp;

/// <summary>
/// OTLP over gRPC: the unary calls <c>…/Export</c> of the three collector services, and the standard health check. Messages go
/// from the connection straight into a batch, as over HTTP: a gRPC library would unpack them into buffers of its own first, three
/// times their size for each export. Thread-safe.
/// </summary>
internal sealed class OtlpGrpcReceiver(ExportReceiver receiver)
{
    private const int PrefixBytes = 5;
    private static readonly byte[] Serving = [0x08, 0x01];

    /// <summary>Answers an <c>Export</c> call.</summary>
    public async Task HandleAsync(HttpContext context, Signal signal)
    {
        if (!await CheckTypeAsync(context))
        {
            return;
        }

        var result = await ReceiveAsync(context, signal);
        if (result.Refusal is { } refusal)
        {
            await OtlpErrors.RefuseAsync(context, refusal, result.Message ?? "", receiver.Options.RetryAfterSeconds);
            return;
        }

        await AnswerAsync(context, RpcStatus.ProtobufResponse(result.Rejected, result.Message));
    }

    /// <summary>Answers <c>grpc.health.v1.Health/Check</c>: a server that answers serves.</summary>
    public async Task HandleHealthAsync(HttpContext context)
    {
        if (await CheckTypeAsync(context))
        {
            await AnswerAsync(context, Serving);
        }
    }

    /// <summary>Answers a call of any other method.</summary>
    public async Task HandleUnknownAsync(HttpContext context)
    {
        if (await CheckTypeAsync(context))
        {
            await OtlpErrors.RefuseGrpcAsync(
                context, RefusalKind.NotFound, "Only the trace, metrics and logs services of OTLP are received here.", receiver.Options.RetryAfterSeconds);
        }
    }

    private async Task<bool> CheckTypeAsync(HttpContext context)
    {
        if (HttpMethods.IsPost(context.Request.Method) && OtlpErrors.IsGrpc(context.Request))
        {
            return true;
        }

        await OtlpErrors.RefuseHttpAsync(
            context, RefusalKind.UnsupportedType, "This port speaks gRPC. Telemetry over HTTP goes to the other OTLP port, 4318 by default.", receiver.Options.RetryAfterSeconds);
        return false;
    }

    private async Task<ReceiveResult> ReceiveAsync(HttpContext context, Signal signal)
    {
        if (context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        try
        {
            var reader = context.Request.BodyReader;
            var prefix = await reader.ReadAtLeastAsync(PrefixBytes, context.RequestAborted);
            if (prefix.Buffer.Length < PrefixBytes)
            {
                return ReceiveResult.Refused(RefusalKind.BadData, "The call carries no message.");
            }

            var (isPacked, length) = ReadPrefix(prefix.Buffer);
            reader.AdvanceTo(prefix.Buffer.GetPosition(PrefixBytes));
            var coding = ContentCoding.None;
            if (isPacked && !BodyUnpacker.TryParse(context.Request.Headers["grpc-encoding"], out coding))
            {
                context.Response.Headers["grpc-accept-encoding"] = $"identity, {BodyUnpacker.Accepted}";
                return ReceiveResult.Refused(RefusalKind.UnsupportedType, $"The grpc-encoding must be one of {BodyUnpacker.Accepted}.");
            }

            if (isPacked && coding == ContentCoding.None)
            {
                return ReceiveResult.Refused(RefusalKind.BadData, "The message is marked as compressed and names no grpc-encoding.");
            }

            var body = new IncomingBody(reader, length, coding, IsJson: false);
            return await receiver.ReceiveAsync(signal, body, context.Features.Get<Caller>(), context.RequestAborted);
        }
        catch (IOException)
        {
            return ReceiveResult.Refused(RefusalKind.BadData, "The message could not be read to its end.");
        }
    }

    private static (bool IsPacked, long Length) ReadPrefix(ReadOnlySequence<byte> buffer)
    {
        Span<byte> prefix = stackalloc byte[PrefixBytes];
        buffer.Slice(0, PrefixBytes).CopyTo(prefix);
        return ((prefix[0] & 1) != 0, BinaryPrimitives.ReadUInt32BigEndian(prefix[1..]));
    }

    private static async Task AnswerAsync(HttpContext context, byte[] message)
    {
        var response = context.Response;
        response.ContentType = OtlpErrors.GrpcType;
        var framed = new byte[PrefixBytes + message.Length];
        BinaryPrimitives.WriteUInt32BigEndian(framed.AsSpan(1), (uint)message.Length);
        message.CopyTo(framed, PrefixBytes);
        await response.Body.WriteAsync(framed, context.RequestAborted);
        response.AppendTrailer("grpc-status", 0.ToString(CultureInfo.InvariantCulture));
    }
}
