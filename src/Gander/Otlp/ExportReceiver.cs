using System.IO.Hashing;
using System.Text;
using Gander.Hosting;
using Gander.Ingest;
using Gander.Telemetry;
using Microsoft.Extensions.Options;

namespace Gander.Otlp;

/// <summary>
/// What both transports share: reads a body within the limits, unpacks it, decodes it into a batch and waits until it is
/// stored. The order of checks is that of their cost, so that a server with no room left says so before it reads.
/// </summary>
internal sealed class ExportReceiver(
    TelemetryIngest ingest, IOptions<OtlpOptions> options, ResourceCache resources, IHostApplicationLifetime lifetime, TimeProvider time)
{
    private static readonly DecodeLimits Limits = new();

    private const int MaxEarlyBytes = 1_048_576;
    private const string Overloaded = "The server has no room for more exports at the moment; send this one again later.";

    /// <summary>The options of both transports.</summary>
    public OtlpOptions Options => options.Value;

    /// <summary>Receives one export of the given signal.</summary>
    public Task<ReceiveResult> ReceiveAsync(Signal signal, IncomingBody body, Caller? caller, CancellationToken cancellationToken) => signal switch
    {
        Signal.Traces => ReceiveAsync(ingest.Spans, body, caller, OtlpProtobufDecoder.Decode, OtlpJsonDecoder.Decode, cancellationToken),
        Signal.Metrics => ReceiveAsync(ingest.Metrics, body, caller, OtlpProtobufDecoder.Decode, OtlpJsonDecoder.Decode, cancellationToken),
        _ => ReceiveAsync(ingest.Logs, body, caller, OtlpProtobufDecoder.Decode, OtlpJsonDecoder.Decode, cancellationToken),
    };

    private async Task<ReceiveResult> ReceiveAsync<TBatch>(
        IngestQueue<TBatch> queue,
        IncomingBody body,
        Caller? caller,
        Action<TBatch, DecodeContext> decodeProtobuf,
        Action<TBatch, DecodeContext> decodeJson,
        CancellationToken cancellationToken)
        where TBatch : TelemetryBatch, new()
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return ReceiveResult.Refused(RefusalKind.Unavailable, "The server is stopping.");
        }

        if (queue.IsFull)
        {
            return ReceiveResult.Refused(RefusalKind.Overloaded, Overloaded);
        }

        using var export = queue.Begin();
        if (await ReadAsync(body, export, cancellationToken) is { } refused)
        {
            return refused;
        }

        var batch = export.Batch;
        ingest.Meter.Received(queue.Signal, batch.Text.Length);
        batch.Fingerprint = Fingerprint(batch.Text.Written, queue.Signal, caller);
        var context = new DecodeContext(Limits, resources, new EmitterIdentity(caller?.User, caller?.Team), NowNanos());
        try
        {
            (body.IsJson ? decodeJson : decodeProtobuf)(batch, context);
        }
        catch (OtlpDecodeException e)
        {
            return ReceiveResult.Refused(e.IsTooLarge ? RefusalKind.TooLarge : RefusalKind.BadData, e.Message);
        }

        if (!export.TryHoldDecoded())
        {
            return ReceiveResult.Refused(RefusalKind.Overloaded, Overloaded);
        }

        return Answer(await export.SubmitAsync(context.Rejected, context.DescribeRejections(queue.Signal), cancellationToken));
    }

    private static ReceiveResult Answer(ExportOutcome outcome) => outcome switch
    {
        ExportOutcome.Accepted accepted => new ReceiveResult(null, accepted.Rejected, accepted.Message),
        ExportOutcome.Overloaded => ReceiveResult.Refused(RefusalKind.Overloaded, Overloaded),
        ExportOutcome.Unavailable unavailable => ReceiveResult.Refused(RefusalKind.Unavailable, unavailable.Reason),
        _ => ReceiveResult.Refused(RefusalKind.Failed, "The server could not store this export; its log says why."),
    };

    private async Task<ReceiveResult?> ReadAsync<TBatch>(IncomingBody body, PendingExport<TBatch> export, CancellationToken cancellationToken)
        where TBatch : TelemetryBatch, new()
    {
        if (body.Coding == ContentCoding.None)
        {
            var limit = Math.Min(Options.MaxBodyBytes, Options.MaxUnpackedBytes);
            return await CopyAsync(body, export.Batch.Text, limit, export.TryHold, cancellationToken);
        }

        using var packed = new TextBuffer();
        if (await CopyAsync(body, packed, Options.MaxBodyBytes, export.TryHold, cancellationToken) is { } refused)
        {
            return refused;
        }

        return BodyUnpacker.Unpack(body.Coding, packed, export.Batch.Text, Options.MaxUnpackedBytes, total => export.TryHold(packed.Length + total)) switch
        {
            UnpackResult.Done => null,
            UnpackResult.Malformed => ReceiveResult.Refused(RefusalKind.BadData, "The body cannot be unpacked: it is broken, or not what its encoding says."),
            UnpackResult.TooLarge => TooLarge(Options.MaxUnpackedBytes, " after unpacking"),
            _ => ReceiveResult.Refused(RefusalKind.Overloaded, Overloaded),
        };
    }

    private static async Task<ReceiveResult?> CopyAsync(
        IncomingBody body, TextBuffer target, int maxBytes, Func<long, bool> tryHold, CancellationToken cancellationToken)
    {
        if (body.Length > maxBytes)
        {
            return TooLarge(maxBytes, "");
        }

        // One buffer from the start spares the copies of a growing one; but a promise alone takes no more memory than this.
        target.GetSpan((int)Math.Min(body.Length ?? 0, MaxEarlyBytes));
        while (true)
        {
            var read = await body.Reader.ReadAsync(cancellationToken);
            foreach (var segment in read.Buffer)
            {
                if ((long)target.Length + segment.Length > maxBytes)
                {
                    body.Reader.AdvanceTo(read.Buffer.Start);
                    return TooLarge(maxBytes, "");
                }

                if (!tryHold(target.Length + segment.Length))
                {
                    body.Reader.AdvanceTo(read.Buffer.Start);
                    return ReceiveResult.Refused(RefusalKind.Overloaded, Overloaded);
                }

                target.Add(segment.Span);
            }

            body.Reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return body.Length is { } length && length != target.Length
                    ? ReceiveResult.Refused(RefusalKind.BadData, "The body has another length than announced.")
                    : null;
            }
        }
    }

    private static ReceiveResult TooLarge(int maxBytes, string when) =>
        ReceiveResult.Refused(RefusalKind.TooLarge, $"The body is larger than {maxBytes} bytes{when}; send smaller batches.");

    // The same for a retry of the same bytes by the same sender, and after a restart: no seed.
    private static ExportFingerprint Fingerprint(ReadOnlySpan<byte> body, Signal signal, Caller? caller)
    {
        if (body.IsEmpty)
        {
            return default;
        }

        var hash = new XxHash128();
        hash.Append(body);
        hash.Append([(byte)signal]);
        hash.Append(Encoding.UTF8.GetBytes(caller?.TokenName ?? ""));
        var value = hash.GetCurrentHashAsUInt128();
        return new ExportFingerprint((ulong)(value >> 64), (ulong)value);
    }

    private long NowNanos() => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
}
