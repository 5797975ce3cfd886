using System.Collections.Concurrent;
using System.Globalization;
using Gander.Ingest;
using Gander.Otlp;
using Gander.Telemetry;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Snappier;

namespace Gander.Prometheus.RemoteWrite;

/// <summary>
/// Prometheus Remote-Write 1.0 and 2.0: <c>POST /api/v1/write</c> with a snappy-compressed protobuf body. A request is answered
/// with 204 when all its samples would survive a power cut and can be read; with 400 when some or all were refused for good, the
/// others being kept; with 503 when none was kept and it should be sent again: by default Prometheus drops what got a 429. Thread-safe.
/// </summary>
internal sealed partial class RemoteWriteReceiver(
    TelemetryIngest ingest,
    RemoteWriteMetadata metadata,
    EmitterActivity activity,
    IOptions<RemoteWriteOptions> options,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<RemoteWriteReceiver> logger)
{
    private const string ProtoOne = "prometheus.WriteRequest";
    private const string ProtoTwo = "io.prometheus.write.v2.Request";
    private const string Overloaded = "the server has no room for more samples at the moment; send these again later";
    private const int MaxScratches = 16;

    // Nothing in snappy's format unpacks to more than a copy: 64 bytes out of three. A body that announces more lies.
    private const int MaxRatio = 32;

    private readonly ConcurrentBag<WriteScratch> _scratches = [];

    /// <summary>Answers any request to the endpoint.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var answer = await ReceiveAsync(context);
        if (answer.Status != StatusCodes.Status204NoContent)
        {
            ingest.Meter.Refused(context.Request.Path, "remote_write", Reason(answer.Status));
            activity.RecordFailure(context.Connection.RemoteIpAddress?.ToString() ?? "", "http", answer.Message ?? "");
        }

        var response = context.Response;
        response.StatusCode = answer.Status;
        if (answer.Written is var (samples, histograms, exemplars))
        {
            response.Headers["X-Prometheus-Remote-Write-Samples-Written"] = samples.ToString(CultureInfo.InvariantCulture);
            response.Headers["X-Prometheus-Remote-Write-Histograms-Written"] = histograms.ToString(CultureInfo.InvariantCulture);
            response.Headers["X-Prometheus-Remote-Write-Exemplars-Written"] = exemplars.ToString(CultureInfo.InvariantCulture);
        }

        switch (answer.Status)
        {
            case StatusCodes.Status204NoContent:
                return;
            case StatusCodes.Status405MethodNotAllowed:
                response.Headers.Allow = "POST";
                break;
            case StatusCodes.Status415UnsupportedMediaType:
                response.Headers.AcceptEncoding = "snappy";
                break;
            case StatusCodes.Status503ServiceUnavailable:
                response.Headers.RetryAfter = options.Value.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
                break;
        }

        response.ContentType = "text/plain; charset=utf-8";
        await response.WriteAsync(answer.Message + "\n", context.RequestAborted);
    }

    // The words that OTLP's refusals have; some samples of a request with bad data may have been kept.
    private static string Reason(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "bad_data",
        StatusCodes.Status405MethodNotAllowed => "method_not_allowed",
        StatusCodes.Status413PayloadTooLarge => "too_large",
        StatusCodes.Status415UnsupportedMediaType => "unsupported_type",
        StatusCodes.Status503ServiceUnavailable => "unavailable",
        _ => "failed",
    };

    private async Task<WriteAnswer> ReceiveAsync(HttpContext context)
    {
        var request = context.Request;
        if (!HttpMethods.IsPost(request.Method))
        {
            return new WriteAnswer(StatusCodes.Status405MethodNotAllowed, "samples are sent with POST");
        }

        if (VersionOf(request.ContentType) is not { } version)
        {
            return new WriteAnswer(StatusCodes.Status415UnsupportedMediaType, $"the Content-Type must be application/x-protobuf, of {ProtoOne} or {ProtoTwo}");
        }

        // Senders of version 1 that say nothing send snappy.
        if (request.Headers.ContentEncoding.ToString() is not ("" or "snappy"))
        {
            return new WriteAnswer(StatusCodes.Status415UnsupportedMediaType, "the Content-Encoding must be snappy, in its block format");
        }

        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return new WriteAnswer(StatusCodes.Status503ServiceUnavailable, "the server is stopping");
        }

        if (ingest.Metrics.IsFull)
        {
            return new WriteAnswer(StatusCodes.Status503ServiceUnavailable, Overloaded);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = options.Value.MaxBodyBytes;
        }

        using var export = ingest.Metrics.Begin();
        try
        {
            return await ReadAsync(request, export, context.RequestAborted) ?? await StoreAsync(version, export, context.RequestAborted);
        }
        catch (BadHttpRequestException e)
        {
            return new WriteAnswer(e.StatusCode, e.StatusCode == StatusCodes.Status413PayloadTooLarge ? TooLarge(options.Value.MaxBodyBytes, "") : "the body could not be read to its end");
        }
        catch (IOException)
        {
            return new WriteAnswer(StatusCodes.Status400BadRequest, "the body could not be read to its end");
        }
    }

    private static string TooLarge(int maxBytes, string when) => $"the body is larger than {maxBytes} bytes{when}; send smaller batches (max_samples_per_send)";

    // Remote-Write 2.0, "Content-Type": without the parameter it is version 1.
    private static RemoteWriteVersion? VersionOf(string? contentType)
    {
        if (string.IsNullOrEmpty(contentType))
        {
            return RemoteWriteVersion.One;
        }

        if (!MediaTypeHeaderValue.TryParse(contentType, out var type) || !type.MediaType.Equals("application/x-protobuf", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var proto = type.Parameters.FirstOrDefault(parameter => parameter.Name.Equals("proto", StringComparison.OrdinalIgnoreCase))?.Value.ToString().Trim('"');
        return proto switch
        {
            null or ProtoOne => RemoteWriteVersion.One,
            ProtoTwo => RemoteWriteVersion.Two,
            _ => null,
        };
    }

    private async Task<WriteAnswer?> ReadAsync(HttpRequest request, PendingExport<MetricBatch> export, CancellationToken cancellationToken)
    {
        using var packed = new TextBuffer();
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellationToken);
            if (packed.Length + read.Buffer.Length > options.Value.MaxBodyBytes)
            {
                request.BodyReader.AdvanceTo(read.Buffer.Start);
                return new WriteAnswer(StatusCodes.Status413PayloadTooLarge, TooLarge(options.Value.MaxBodyBytes, ""));
            }

            if (!export.TryHold(packed.Length + read.Buffer.Length))
            {
                request.BodyReader.AdvanceTo(read.Buffer.Start);
                return new WriteAnswer(StatusCodes.Status503ServiceUnavailable, Overloaded);
            }

            foreach (var segment in read.Buffer)
            {
                packed.Add(segment.Span);
            }

            request.BodyReader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return Unpack(packed, export);
            }
        }
    }

    private WriteAnswer? Unpack(TextBuffer packed, PendingExport<MetricBatch> export)
    {
        var malformed = new WriteAnswer(StatusCodes.Status400BadRequest, "the body is not snappy in its block format");
        try
        {
            var length = Snappy.GetUncompressedLength(packed.Written);
            if (length > (long)MaxRatio * packed.Length)
            {
                return malformed;
            }

            if (length > options.Value.MaxUnpackedBytes)
            {
                return new WriteAnswer(StatusCodes.Status413PayloadTooLarge, TooLarge(options.Value.MaxUnpackedBytes, " after unpacking"));
            }

            if (!export.TryHold((long)packed.Length + length))
            {
                return new WriteAnswer(StatusCodes.Status503ServiceUnavailable, Overloaded);
            }

            var text = export.Batch.Text;
            text.Advance(Snappy.Decompress(packed.Written, text.GetSpan(length)));
            return text.Length == length ? null : malformed;
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or InvalidOperationException)
        {
            return malformed;
        }
    }

    private async Task<WriteAnswer> StoreAsync(RemoteWriteVersion version, PendingExport<MetricBatch> export, CancellationToken cancellationToken)
    {
        ingest.Meter.Received(Signal.Metrics, export.Batch.Text.Length);
        WriteCounts counts;
        try
        {
            counts = Decode(version, export.Batch);
        }
        catch (OtlpDecodeException e)
        {
            return new WriteAnswer(e.IsTooLarge ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest, e.Message);
        }

        if (!export.TryHoldDecoded())
        {
            return new WriteAnswer(StatusCodes.Status503ServiceUnavailable, Overloaded);
        }

        var taken = counts.Samples + counts.Histograms + counts.Exemplars;
        var outcome = await export.SubmitAsync(counts.Rejections.Count, counts.Rejections.Describe("samples"), cancellationToken);
        if (outcome is ExportOutcome.Accepted { Rejected: > 0 } partial)
        {
            Log.Refused(logger, partial.Rejected, taken + counts.Rejections.Count, partial.Message ?? "");
        }

        return outcome switch
        {
            ExportOutcome.Accepted accepted => new WriteAnswer(
                accepted.Rejected == 0 ? StatusCodes.Status204NoContent : StatusCodes.Status400BadRequest,
                accepted.Message,
                version == RemoteWriteVersion.Two ? Written(counts, accepted.Rejected - counts.Rejections.Count) : null),
            ExportOutcome.Overloaded => new WriteAnswer(StatusCodes.Status503ServiceUnavailable, Overloaded),
            ExportOutcome.Unavailable unavailable => new WriteAnswer(StatusCodes.Status503ServiceUnavailable, unavailable.Reason),
            _ => new WriteAnswer(StatusCodes.Status500InternalServerError, "the server could not store these samples; its log says why"),
        };
    }

    // The store refuses points without telling their kinds; nearly all there ever are are floats.
    private static (int Samples, int Histograms, int Exemplars) Written(WriteCounts counts, int refusedByStore)
    {
        var samples = Math.Max(0, counts.Samples - refusedByStore);
        var histograms = Math.Max(0, counts.Histograms - (refusedByStore - (counts.Samples - samples)));
        return (samples, histograms, Math.Max(0, counts.Samples + counts.Histograms + counts.Exemplars - refusedByStore - samples - histograms));
    }

    private WriteCounts Decode(RemoteWriteVersion version, MetricBatch batch)
    {
        var scratch = _scratches.TryTake(out var kept) ? kept : new WriteScratch();
        try
        {
            var context = new WriteContext(batch, scratch, metadata, options.Value.MaxLabels, (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100);
            RemoteWriteDecoder.Decode(version, context);
            return context.Counts;
        }
        finally
        {
            if (_scratches.Count < MaxScratches)
            {
                scratch.Clear();
                _scratches.Add(scratch);
            }
        }
    }

    /// <summary>What to answer.</summary>
    /// <param name="Status">The HTTP status.</param>
    /// <param name="Message">A sentence for a person; null when all went well.</param>
    /// <param name="Written">What was kept, where the version tells.</param>
    private readonly record struct WriteAnswer(int Status, string? Message, (int Samples, int Histograms, int Exemplars)? Written = null);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "Refused {Rejected} of {All} remote-written samples: {Reason}")]
        public static partial void Refused(ILogger logger, int rejected, int all, string reason);
    }
}
