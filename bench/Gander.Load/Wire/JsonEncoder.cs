using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Gander.Load.Generation;

namespace Gander.Load.Wire;

/// <summary>OTLP as JSON: hexadecimal ids, 64-bit integers as strings (opentelemetry.io/docs/specs/otlp, JSON encoding). Not thread-safe.</summary>
internal sealed class JsonEncoder : IOtlpEncoder
{
    private readonly ArrayBufferWriter<byte> _buffer = new(1 << 20);

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Spans(IReadOnlyList<SpanRecord> spans) =>
        Request("resourceSpans", "scopeSpans", "spans", spans, span => span.Emitter, (json, group) => group.ForEach(span => Span(json, span)));

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Logs(IReadOnlyList<LogRecord> logs) =>
        Request("resourceLogs", "scopeLogs", "logRecords", logs, log => log.Emitter, (json, group) => group.ForEach(log => Log(json, log)));

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Metrics(IReadOnlyList<MetricPoint> points) =>
        Request("resourceMetrics", "scopeMetrics", "metrics", points, point => point.Emitter, (json, group) =>
        {
            foreach (var metric in group.GroupBy(point => point.Name))
            {
                Metric(json, [.. metric]);
            }
        });

    private ReadOnlySpan<byte> Request<T>(
        string resources, string scopes, string records, IReadOnlyList<T> all, Func<T, Emitter> emitterOf, Action<Utf8JsonWriter, List<T>> write)
    {
        _buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray(resources);
            foreach (var group in Grouping.ByEmitter(all, emitterOf))
            {
                json.WriteStartObject();
                json.WriteStartObject("resource");
                Attributes(json, emitterOf(group[0]).Attributes);
                json.WriteEndObject();
                json.WriteStartArray(scopes);
                json.WriteStartObject();
                json.WriteStartObject("scope");
                json.WriteString("name", Grouping.ScopeName);
                json.WriteString("version", Grouping.ScopeVersion);
                json.WriteEndObject();
                json.WriteStartArray(records);
                write(json, group);
                json.WriteEndArray();
                json.WriteEndObject();
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return _buffer.WrittenSpan;
    }

    private static void Span(Utf8JsonWriter json, SpanRecord span)
    {
        json.WriteStartObject();
        json.WriteString("traceId", Hex(span.TraceHigh) + Hex(span.TraceLow));
        json.WriteString("spanId", Hex(span.SpanId));
        if (span.ParentId != 0)
        {
            json.WriteString("parentSpanId", Hex(span.ParentId));
        }

        json.WriteString("name", span.Name);
        json.WriteNumber("kind", span.Kind);
        json.WriteString("startTimeUnixNano", Digits(span.StartNanos));
        json.WriteString("endTimeUnixNano", Digits(span.EndNanos));
        Attributes(json, span.Attributes);
        if (span.Status == 2)
        {
            json.WriteStartArray("events");
            json.WriteStartObject();
            json.WriteString("timeUnixNano", Digits(span.EndNanos));
            json.WriteString("name", SpanSource.EventName);
            Attributes(json, SpanSource.EventAttributes);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteStartObject("status");
        if (span.Status != 0)
        {
            json.WriteNumber("code", span.Status);
        }

        if (span.Status == 2)
        {
            json.WriteString("message", SpanSource.ErrorMessage);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Log(Utf8JsonWriter json, LogRecord log)
    {
        json.WriteStartObject();
        json.WriteString("timeUnixNano", Digits(log.TimeNanos));
        json.WriteString("observedTimeUnixNano", Digits(log.TimeNanos));
        json.WriteNumber("severityNumber", log.Severity);
        json.WriteString("severityText", log.SeverityText);
        json.WriteStartObject("body");
        json.WriteString("stringValue", log.Body);
        json.WriteEndObject();
        Attributes(json, log.Attributes);
        json.WriteString("traceId", Hex(log.TraceHigh) + Hex(log.TraceLow));
        json.WriteString("spanId", Hex(log.SpanId));
        json.WriteEndObject();
    }

    private static void Metric(Utf8JsonWriter json, List<MetricPoint> points)
    {
        var histogram = points[0].Buckets.Count > 0;
        json.WriteStartObject();
        json.WriteString("name", points[0].Name);
        json.WriteString("unit", points[0].Unit);
        json.WriteStartObject(histogram ? "histogram" : "sum");
        json.WriteNumber("aggregationTemporality", 2);
        if (!histogram)
        {
            json.WriteBoolean("isMonotonic", true);
        }

        json.WriteStartArray("dataPoints");
        foreach (var point in points)
        {
            json.WriteStartObject();
            json.WriteString("startTimeUnixNano", Digits(point.StartNanos));
            json.WriteString("timeUnixNano", Digits(point.TimeNanos));
            Attributes(json, point.Attributes);
            json.WriteNumber(histogram ? "sum" : "asDouble", point.Value);
            if (histogram)
            {
                json.WriteString("count", Digits(point.Buckets.Sum()));
                json.WriteStartArray("bucketCounts");
                point.Buckets.ForEach(count => json.WriteStringValue(Digits(count)));
                json.WriteEndArray();
                json.WriteStartArray("explicitBounds");
                Array.ForEach(MetricSource.Bounds, json.WriteNumberValue);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Attributes(Utf8JsonWriter json, IReadOnlyList<Field> attributes)
    {
        json.WriteStartArray("attributes");
        foreach (var attribute in attributes)
        {
            json.WriteStartObject();
            json.WriteString("key", attribute.Key);
            json.WriteStartObject("value");
            switch (attribute.Kind)
            {
                case FieldKind.Text:
                    json.WriteString("stringValue", attribute.Text.Span);
                    break;
                case FieldKind.Truth:
                    json.WriteBoolean("boolValue", attribute.Bits != 0);
                    break;
                case FieldKind.Integer:
                    json.WriteString("intValue", Digits(attribute.Bits));
                    break;
                default:
                    json.WriteNumber("doubleValue", attribute.Real);
                    break;
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Hex(ulong id) => id.ToString("x16", CultureInfo.InvariantCulture);

    private static string Digits(long value) => value.ToString(CultureInfo.InvariantCulture);
}
