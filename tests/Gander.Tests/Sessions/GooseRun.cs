using Gander.Telemetry;
using Gander.Tests.Stores;

namespace Gander.Tests.Sessions;

/// <summary>Builds what goose sends, piece by piece; times are milliseconds after a fixed instant.</summary>
internal sealed class GooseRun(string? session = "20260310_1", string user = "dev", string sdk = "rust", ulong trace = 1, string distribution = "")
{
    private static readonly long Epoch = Some.Instant("2026-03-10T12:00Z");

    private readonly List<SpanRecord> _spans = [];
    private readonly List<LogRecord> _logs = [];

    private Resource Resource { get; } = Some.Resource(
        "goose", ("host.name", "demo-host"), ("user.name", user), ("service.version", "1.52.0"), ("telemetry.sdk.language", sdk), ("telemetry.distro.name", distribution));

    public IEnumerable<TelemetryBatch> Batches() => [Some.SpanBatch(_spans), Some.LogBatch(_logs)];

    public SpanId Span(string name, double from, double to, SpanId parent = default, bool named = true, byte status = 0, EventRecord[]? events = null, params (string Key, object Value)[] attributes)
    {
        var id = Some.SpanId();
        _spans.Add(Some.Span(name, trace: trace, spanId: id, parent: parent, session: named ? session : null, resource: Resource, attributes: attributes) with
        {
            StartNanos = At(from),
            EndNanos = At(to),
            StatusCode = status,
            Events = events ?? [],
        });
        return id;
    }

    /// <summary>A turn in the default loop with one answered model call.</summary>
    public SpanId Turn(double from, double to, ulong? inTrace = null)
    {
        var kept = trace;
        trace = inTrace ?? trace;
        var reply = Span("reply", from, to, attributes: [("gen_ai.operation.name", "invoke_agent"), ("gen_ai.usage.input_tokens", 10), ("gen_ai.usage.output_tokens", 1)]);
        var loop = Span("reply_stream", from + 1, to, reply, attributes: [("gen_ai.operation.name", "invoke_agent")]);
        ModelCall(from + 2, from + 3, loop);
        trace = kept;
        return loop;
    }

    public SpanId ModelCall(double from, double to, SpanId parent, string name = "stream_response_from_provider", int input = 10, int output = 1) =>
        Span(name, from, to, parent, attributes: [("gen_ai.operation.name", "chat"), ("gen_ai.provider.name", "openai"), ("gen_ai.request.model", "gpt-4o"), ("gen_ai.usage.input_tokens", input), ("gen_ai.usage.output_tokens", output)]);

    public GooseRun Started(double at, string type = "new") =>
        Log(at, "Session started", ("monotonic_counter.goose.session_starts", 1), ("session_type", type), ("interactive", true));

    public GooseRun Completed(double at, double duration, string exit = "normal", int tokens = 11) =>
        Log(at, "Session completed", ("monotonic_counter.goose.session_completions", 1), ("session_type", "new"), ("exit_type", exit), ("duration_ms", (long)duration), ("total_tokens", tokens), ("message_count", 2));

    public GooseRun Log(double at, string body, params (string Key, object Value)[] attributes)
    {
        _logs.Add(Some.Log(body, resource: Resource, attributes: attributes) with { ObservedNanos = At(at) });
        return this;
    }

    private static long At(double milliseconds) => Epoch + (long)(milliseconds * 1_000_000);
}
