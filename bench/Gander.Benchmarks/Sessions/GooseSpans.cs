using System.Globalization;
using Gander.Telemetry;

namespace Gander.Benchmarks.Sessions;

/// <summary>Spans as goose sends them, with content captured: 20 to 25 attributes each.</summary>
internal static class GooseSpans
{
    private const string Content = "The quick brown fox jumps over the lazy dog. ";

    private static readonly Resource Resource = new(new KeyValuePair<string, AttributeValue>[]
    {
        new("service.name", AttributeValue.Of("goose")),
        new("service.namespace", AttributeValue.Of("goose")),
        new("service.version", AttributeValue.Of("1.52.0")),
        new("host.name", AttributeValue.Of("demo-host")),
        new("user.name", AttributeValue.Of("dev")),
        new("telemetry.sdk.language", AttributeValue.Of("rust")),
    });

    /// <summary>One session of one turn with so many spans: model and tool calls by turns.</summary>
    public static SpanBatch Session(string id, ulong trace, int spans)
    {
        var batch = new SpanBatch();
        batch.Resources.Add(Resource);
        batch.Scopes.Add(new InstrumentationScope("goose"));
        var start = 1_800_000_000_000_000_000L;
        var next = trace << 32;
        var (reply, loop) = (new SpanId(++next), new SpanId(++next));
        Add(batch, id, trace, "reply", reply, default, start, start + (spans * 1_000_000L), "invoke_agent", ("user_message", Content), ("gen_ai.agent.name", "goose"));
        Add(batch, id, trace, "reply_stream", loop, reply, start + 1, start + (spans * 1_000_000L), "invoke_agent", ("trace_output", Content), ("gen_ai.agent.name", "goose"));
        for (var i = 2; i < spans; i++)
        {
            var at = start + (i * 1_000_000L);
            if (i % 2 == 0)
            {
                Add(batch, id, trace, "stream_response_from_provider", new SpanId(++next), loop, at, at + 400_000, "chat",
                    ("gen_ai.provider.name", "openai"), ("gen_ai.request.model", "gpt-4o"), ("gen_ai.response.model", "gpt-4o"),
                    ("gen_ai.response.id", "chatcmpl-" + i.ToString(CultureInfo.InvariantCulture)), ("gen_ai.response.finish_reasons", "[\"tool_calls\"]"),
                    ("gen_ai.input.messages", Content + Content + Content), ("gen_ai.output.messages", Content));
            }
            else
            {
                Add(batch, id, trace, "dispatch_tool_call", new SpanId(++next), loop, at, at + 40_000, "execute_tool",
                    ("gen_ai.tool.name", "shell"), ("gen_ai.tool.call.id", "call_" + i.ToString(CultureInfo.InvariantCulture)),
                    ("input", "{\"tool\":\"shell\",\"arguments\":{\"command\":\"ls\"}}"), ("gen_ai.tool.call.arguments", "{\"command\":\"ls\"}"),
                    ("output", "{\"status\":\"success\",\"value\":{\"content\":[]}}"), ("gen_ai.tool.call.result", "{\"content\":[]}"));
            }
        }

        return batch;
    }

    private static void Add(
        SpanBatch batch, string session, ulong trace, string name, SpanId id, SpanId parent, long start, long end, string operation, params ReadOnlySpan<(string Key, string Value)> attributes)
    {
        var first = batch.Attributes.Count;
        Text(batch, "code.file.path", "crates/goose/src/agents/agent.rs");
        Text(batch, "code.module.name", "goose::agents::agent");
        Number(batch, "code.line.number", 2029);
        Number(batch, "thread.id", 2);
        Text(batch, "thread.name", "goose-cli-main");
        Text(batch, "target", "goose::agents::agent");
        Text(batch, "session.id", session);
        Text(batch, "gen_ai.conversation.id", session);
        Text(batch, "gen_ai.operation.name", operation);
        foreach (var (key, value) in attributes)
        {
            Text(batch, key, value);
        }

        if (operation == "chat")
        {
            Number(batch, "gen_ai.usage.input_tokens", 1_300);
            Number(batch, "gen_ai.usage.output_tokens", 20);
            Number(batch, "gen_ai.usage.cache_read.input_tokens", 0);
        }

        Number(batch, "busy_ns", 5_000);
        Number(batch, "idle_ns", 9_000);
        batch.Add(new SpanRow
        {
            StartNanos = start,
            EndNanos = end,
            TraceId = new TraceId(7, trace),
            SpanId = id,
            ParentSpanId = parent,
            Name = batch.Text.Add(name.AsSpan()),
            Attributes = new RowRange(first, batch.Attributes.Count),
        });
    }

    private static void Text(SpanBatch batch, string key, string value) =>
        batch.Attributes.AddText(batch.Text.Add(key.AsSpan()), AttributeKind.String, batch.Text.Add(value.AsSpan()));

    private static void Number(SpanBatch batch, string key, long value) =>
        batch.Attributes.AddScalar(batch.Text.Add(key.AsSpan()), AttributeKind.Int, value);
}
