using System.IO.Compression;
using Gander.Otlp;
using Gander.Telemetry;
using Gander.Tests.Conformance;

namespace Gander.Tests.Sessions;

/// <summary>Captured exports as the receiver decodes them.</summary>
internal static class Captured
{
    /// <summary>The spans and logs of a scenario, one batch an export, in the order in which they were sent.</summary>
    public static IEnumerable<TelemetryBatch> Batches(FixtureScenario scenario) => All(scenario).Where(batch => batch is not MetricBatch);

    /// <summary>The spans, logs and metrics of a scenario, one batch an export, in the order in which they were sent.</summary>
    public static IEnumerable<TelemetryBatch> All(FixtureScenario scenario)
    {
        var resources = new ResourceCache();
        foreach (var request in scenario.Requests)
        {
            var context = new DecodeContext(new DecodeLimits(), resources, default, nowNanos: long.MaxValue / 2);
            var json = request.ContentType.Contains("json", StringComparison.Ordinal);
            TelemetryBatch batch = request.Signal switch
            {
                "traces" => new SpanBatch(),
                "logs" => new LogBatch(),
                _ => new MetricBatch(),
            };
            batch.Text.Add(Body(request).AsSpan());
            switch (batch)
            {
                case SpanBatch spans when json: OtlpJsonDecoder.Decode(spans, context); break;
                case SpanBatch spans: OtlpProtobufDecoder.Decode(spans, context); break;
                case LogBatch logs when json: OtlpJsonDecoder.Decode(logs, context); break;
                case LogBatch logs: OtlpProtobufDecoder.Decode(logs, context); break;
                case MetricBatch metrics when json: OtlpJsonDecoder.Decode(metrics, context); break;
                case MetricBatch metrics: OtlpProtobufDecoder.Decode(metrics, context); break;
            }

            yield return batch;
        }
    }

    private static byte[] Body(FixtureRequest request)
    {
        if (request.ContentEncoding != "gzip")
        {
            return request.ReadBody();
        }

        using var unpacked = new MemoryStream();
        using (var packed = new GZipStream(new MemoryStream(request.ReadBody()), CompressionMode.Decompress))
        {
            packed.CopyTo(unpacked);
        }

        return unpacked.ToArray();
    }
}
