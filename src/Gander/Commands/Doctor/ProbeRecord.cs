using System.Security.Cryptography;
using System.Text.Json;

namespace Gander.Commands.Doctor;

/// <summary>One span, one metric or one log that is sent to see whether it arrives. It tells nothing but that a check was made.</summary>
internal sealed class ProbeRecord
{
    /// <summary>The service under which probes are stored.</summary>
    public const string Service = "gander-doctor";

    /// <summary>The metric of probes.</summary>
    public const string MetricName = "gander.doctor.probe";

    /// <summary>The attribute that has <see cref="Id"/>.</summary>
    public const string IdAttribute = "gander.doctor.id";

    private const string AgentAttribute = "gander.doctor.agent";
    private const string SpanName = "gander doctor";
    private const string Body = "gander doctor was here";
    private const long SpanNanos = 1_000_000;

    private readonly string _agent;
    private readonly byte[] _traceId = RandomNumberGenerator.GetBytes(16);
    private readonly byte[] _spanId = RandomNumberGenerator.GetBytes(8);

    /// <summary>A new one.</summary>
    /// <param name="agent">Whose settings are tried.</param>
    /// <param name="now">The present.</param>
    public ProbeRecord(string agent, DateTimeOffset now)
    {
        _agent = agent;
        TimeNanos = (now - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        Value = RandomNumberGenerator.GetInt32(1, int.MaxValue);
    }

    /// <summary>When it happened, in Unix nanoseconds.</summary>
    public long TimeNanos { get; }

    /// <summary>The metric's value, by which this one is told from earlier ones of the same series.</summary>
    public int Value { get; }

    /// <summary>What the log is found by, and the trace as well.</summary>
    public string Id => Convert.ToHexStringLower(_traceId);

    /// <summary>The whole export in protobuf.</summary>
    /// <param name="signal">As <c>OtelVariables.Signals</c> names it.</param>
    public byte[] ToProtobuf(string signal)
    {
        var scoped = new ProtobufWriter().Message(1, new ProtobufWriter().Text(1, Service)).Message(2, signal switch
        {
            "TRACES" => Span(),
            "METRICS" => Metric(),
            _ => Log(),
        });
        var resource = new ProtobufWriter().Message(1, Attribute("service.name", Service));
        return new ProtobufWriter().Message(1, new ProtobufWriter().Message(1, resource).Message(2, scoped)).ToArray();
    }

    /// <summary>The whole export in OTLP/JSON.</summary>
    /// <param name="signal">As <c>OtelVariables.Signals</c> names it.</param>
    public byte[] ToJson(string signal)
    {
        var scope = new { name = Service };
        var resource = new { attributes = JsonAttributes(("service.name", Service)) };
        var time = Text(TimeNanos);
        object request = signal switch
        {
            "TRACES" => new { resourceSpans = new[] { new { resource, scopeSpans = new[] { new { scope, spans = new[] { new { traceId = Id, spanId = Convert.ToHexStringLower(_spanId), name = SpanName, kind = 1, startTimeUnixNano = Text(TimeNanos - SpanNanos), endTimeUnixNano = time, attributes = JsonAttributes((IdAttribute, Id), (AgentAttribute, _agent)) } } } } } } },
            "METRICS" => new { resourceMetrics = new[] { new { resource, scopeMetrics = new[] { new { scope, metrics = new[] { new { name = MetricName, gauge = new { dataPoints = new[] { new { timeUnixNano = time, asDouble = (double)Value, attributes = JsonAttributes((AgentAttribute, _agent)) } } } } } } } } } },
            _ => new { resourceLogs = new[] { new { resource, scopeLogs = new[] { new { scope, logRecords = new[] { new { timeUnixNano = time, observedTimeUnixNano = time, severityNumber = 9, severityText = "INFO", body = new { stringValue = Body }, attributes = JsonAttributes((IdAttribute, Id), (AgentAttribute, _agent)) } } } } } } },
        };
        return JsonSerializer.SerializeToUtf8Bytes(request);
    }

    // opentelemetry.proto.trace.v1.Span
    private ProtobufWriter Span() => new ProtobufWriter()
        .Bytes(1, _traceId)
        .Bytes(2, _spanId)
        .Text(5, SpanName)
        .Number(6, 1)
        .Fixed(7, TimeNanos - SpanNanos)
        .Fixed(8, TimeNanos)
        .Message(9, Attribute(IdAttribute, Id))
        .Message(9, Attribute(AgentAttribute, _agent));

    // opentelemetry.proto.metrics.v1.Metric with a gauge
    private ProtobufWriter Metric() => new ProtobufWriter()
        .Text(1, MetricName)
        .Message(5, new ProtobufWriter().Message(1, new ProtobufWriter().Fixed(3, TimeNanos).Double(4, Value).Message(7, Attribute(AgentAttribute, _agent))));

    // opentelemetry.proto.logs.v1.LogRecord
    private ProtobufWriter Log() => new ProtobufWriter()
        .Fixed(1, TimeNanos)
        .Number(2, 9)
        .Text(3, "INFO")
        .Message(5, new ProtobufWriter().Text(1, Body))
        .Message(6, Attribute(IdAttribute, Id))
        .Message(6, Attribute(AgentAttribute, _agent))
        .Fixed(11, TimeNanos);

    private static ProtobufWriter Attribute(string key, string value) => new ProtobufWriter().Text(1, key).Message(2, new ProtobufWriter().Text(1, value));

    private static object[] JsonAttributes(params ReadOnlySpan<(string Key, string Value)> attributes)
    {
        var written = new object[attributes.Length];
        for (var i = 0; i < written.Length; i++)
        {
            written[i] = new { key = attributes[i].Key, value = new { stringValue = attributes[i].Value } };
        }

        return written;
    }

    private static string Text(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
