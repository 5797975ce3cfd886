using System.Globalization;
using Gander.Sessions;
using Gander.Sessions.Calls;
using Gander.Telemetry;
using Gander.Tests.Stores;

namespace Gander.Tests;

/// <summary>Builds telemetry for tests; whatever a test does not name has a plausible value.</summary>
public static class Some
{
    private static long s_nextId;

    public static Resource GooseResource { get; } = Resource("goose", ("host.name", "demo-host"), ("service.version", "1.52.0"));

    public static InstrumentationScope Scope { get; } = new("goose");

    /// <summary>A span id that no other call gave; span ids of a test differ without being named.</summary>
    public static SpanId SpanId() => new((ulong)Interlocked.Increment(ref s_nextId) + 0x1000);

    /// <summary>The trace id with this number.</summary>
    public static TraceId TraceId(ulong number = 1) => new(0xA11CE, number);

    /// <summary>Unix nanoseconds of an ISO 8601 instant, such as <c>2026-03-10T12:00Z</c>.</summary>
    public static long Instant(string text) =>
        (DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) - DateTimeOffset.UnixEpoch).Ticks * 100;

    public static Resource Resource(string service, params (string Key, string Value)[] attributes) =>
        new([new("service.name", AttributeValue.Of(service)), .. attributes.Select(attribute => KeyValuePair.Create(attribute.Key, AttributeValue.Of(attribute.Value)))]);

    /// <summary>Attributes of strings, integers, doubles and booleans.</summary>
    public static IReadOnlyList<KeyValuePair<string, AttributeValue>> Attributes(params (string Key, object Value)[] attributes) =>
        [.. attributes.Select(attribute => KeyValuePair.Create(attribute.Key, attribute.Value switch
        {
            string text => AttributeValue.Of(text),
            int number => AttributeValue.Of((long)number),
            long number => AttributeValue.Of(number),
            double number => AttributeValue.Of(number),
            bool truth => AttributeValue.Of(truth),
            AttributeValue value => value,
            _ => throw new ArgumentException($"no attribute kind for {attribute.Value.GetType()}", nameof(attributes)),
        }))];

    public static SpanRecord Span(
        string name = "reply",
        string startedOn = "2026-03-10T12:00Z",
        long durationNanos = 1_000_000,
        ulong trace = 1,
        SpanId? spanId = null,
        SpanId parent = default,
        string? session = null,
        Resource? resource = null,
        params (string Key, object Value)[] attributes) => new()
        {
            Name = name,
            StartNanos = Instant(startedOn),
            EndNanos = Instant(startedOn) + durationNanos,
            TraceId = TraceId(trace),
            SpanId = spanId ?? SpanId(),
            ParentSpanId = parent,
            Kind = 1,
            Resource = resource ?? GooseResource,
            Scope = Scope,
            Attributes = session is null ? Attributes(attributes) : [new(AttributeKeys.SessionId, AttributeValue.Of(session)), .. Attributes(attributes)],
        };

    public static LogRecord Log(
        string body = "started",
        string at = "2026-03-10T12:00Z",
        byte severity = 9,
        ulong? trace = null,
        SpanId spanId = default,
        string? session = null,
        string eventName = "",
        Resource? resource = null,
        params (string Key, object Value)[] attributes) => new()
        {
            ObservedNanos = Instant(at),
            Body = body,
            BodyKind = AttributeKind.String,
            Severity = severity,
            SeverityText = "INFO",
            EventName = eventName,
            TraceId = trace is { } number ? TraceId(number) : default,
            SpanId = spanId,
            Resource = resource ?? GooseResource,
            Scope = Scope,
            Attributes = session is null ? Attributes(attributes) : [new(AttributeKeys.SessionId, AttributeValue.Of(session)), .. Attributes(attributes)],
        };

    public static SpanBatch SpanBatch(params IEnumerable<SpanRecord> spans)
    {
        var batch = new SpanBatch();
        foreach (var span in spans)
        {
            span.AddTo(batch);
        }

        return batch;
    }

    public static LogBatch LogBatch(params IEnumerable<LogRecord> records)
    {
        var batch = new LogBatch();
        foreach (var record in records)
        {
            record.AddTo(batch);
        }

        return batch;
    }

    public static SessionSummary Session(
        string key = "goose-demo-20260310_1", string startedOn = "2026-03-10T12:00Z", string endedOn = "2026-03-10T12:01Z", string agent = "goose", string? user = "dev") => new()
        {
            Key = key,
            Id = "20260310_1",
            EmitterId = 0xFEED_FACE_CAFE_BEEF,
            Agent = agent,
            User = user,
            StartNanos = Instant(startedOn),
            EndNanos = Instant(endedOn),
            Status = SessionStatus.Ok,
        };

    /// <summary>The calls of the session that <see cref="Session"/> makes of the same key.</summary>
    public static SessionCalls Calls(string key = "goose-demo-20260310_1", params IReadOnlyList<SessionCall> calls) =>
        new(key, "goose", "dev", Instant("2026-03-10T12:00Z"), calls.Count > 0 ? calls : [Call()]);

    public static SessionCall Call(
        string startedOn = "2026-03-10T12:00Z", double? seconds = 2, string name = "gpt-4o", StepKind kind = StepKind.Model, StepStatus status = StepStatus.Ok, string error = "") => new()
        {
            Kind = kind,
            Name = name,
            Provider = kind == StepKind.Model ? "openai" : "",
            McpServer = "",
            Subagent = "",
            Error = error,
            Turn = 0,
            Step = 0,
            StartNanos = Instant(startedOn),
            DurationNanos = seconds is { } known ? (long)(known * 1e9) : null,
            DurationProvenance = seconds is null ? DurationProvenance.Unknown : DurationProvenance.Span,
            FirstByteNanos = kind == StepKind.Model ? 500_000_000 : null,
            Status = status,
            Tokens = kind == StepKind.Model ? new TokenUsage(100, 20, 60, 10, 5) : null,
        };
}
