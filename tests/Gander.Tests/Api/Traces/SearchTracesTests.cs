using System.Net;
using System.Text.Json;
using CsCheck;
using Gander.Telemetry;
using Gander.Tests.Stores;

namespace Gander.Tests.Api.Traces;

public sealed class SearchTracesTests
{
    private static readonly Gen<SpanRecord> Spans =
        from trace in Gen.ULong[1, 12]
        from second in Gen.Int[0, 40]
        from name in Gen.OneOf("reply", "chat", "execute_tool")
        from status in Gen.Byte[0, 2]
        from millis in Gen.Int[0, 2_000]
        from tokens in Gen.Int[0, 3]
        from root in Gen.Bool
        select Some.Span(
            name,
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"2026-03-10T12:00:{second % 20:00}Z"),
            millis * 1_000_000L,
            trace,
            parent: root ? default : new SpanId(7),
            attributes: [("gen_ai.usage.input_tokens", tokens), ("gen_ai.tool.name", name == "chat" ? "" : "shell")]) with { StatusCode = status };

    private static readonly (string Query, Func<SpanRecord, bool> Matches)[] Searches =
    [
        ("", _ => true),
        ("name=chat", span => span.Name == "chat"),
        ("status=error", span => span.StatusCode == 2),
        ("minDuration=1s&service=goose", span => span.EndNanos - span.StartNanos >= 1_000_000_000),
        ("maxDuration=200", span => span.EndNanos - span.StartNanos <= 200_000_000),
        ("attr=gen_ai.usage.input_tokens>1&field=name!=reply", span => span.Name != "reply" && Tokens(span) > 1),
        ("field=!parent&tool=shell", span => span.ParentSpanId.IsEmpty && span.Name != "chat"),
        ("start=2026-03-10T12:00:05Z&end=2026-03-10T12:00:12Z", span => span.StartNanos >= Some.Instant("2026-03-10T12:00:05Z") && span.StartNanos < Some.Instant("2026-03-10T12:00:12Z")),
        ("resource=host.name~DEMO&field=kind=internal", _ => true),
        ("service=other", _ => false),
    ];

    [Fact]
    public Task Pages_hold_each_matching_trace_once_in_the_order_of_its_newest_match() =>
        Gen.Select(Spans.Array[0, 60], Gen.Int[1, 9], Gen.OneOf(Searches)).SampleAsync(
            async (spans, limit, search) =>
            {
                await using var server = await ApiServer.StartAsync();
                await server.Store.Spans.WriteAsync([Some.SpanBatch(spans)], CancellationToken.None);

                var found = await server.AllPagesAsync($"/api/traces?limit={limit}&{search.Query}", "traces");

                var expected = spans.Reverse().Where(search.Matches).OrderByDescending(span => span.StartNanos).Select(span => span.TraceId.ToString()).Distinct();
                Assert.Equal(expected, found.Select(trace => trace.GetProperty("traceId").GetString()));
                foreach (var trace in found)
                {
                    AssertTrace(trace, [.. spans.Where(span => span.TraceId.ToString() == trace.GetProperty("traceId").GetString())], search.Matches);
                }
            },
            iter: 60);

    [Fact]
    public Task Pages_stay_whole_while_spans_arrive() =>
        Gen.Select(Spans.Array[1, 40], Spans.Array[1, 40], Gen.Int[1, 4]).SampleAsync(
            async (early, late, limit) =>
            {
                await using var server = await ApiServer.StartAsync();
                await server.Store.Spans.WriteAsync([Some.SpanBatch(early)], CancellationToken.None);
                var arriving = new Queue<SpanRecord[]>(late.Chunk(3));

                var found = await server.AllPagesAsync($"/api/traces?limit={limit}", "traces", async () =>
                {
                    if (arriving.TryDequeue(out var spans))
                    {
                        await server.Store.Spans.WriteAsync([Some.SpanBatch(spans)], CancellationToken.None);
                    }
                });

                // Spans that came late may bring a trace in, or in again; none that was there is missed.
                var ids = found.Select(trace => trace.GetProperty("traceId").GetString()!).ToList();
                Assert.Empty(ids.GroupBy(id => id).Where(id => id.Count() > 1).Select(id => id.Key).Except(late.Select(span => span.TraceId.ToString())));
                Assert.Empty(early.Select(span => span.TraceId.ToString()).Except(ids));
            },
            iter: 60);

    [Fact]
    public async Task A_trace_shows_its_root_and_the_newest_span_that_matched()
    {
        await using var server = await ApiServer.StartAsync();
        var root = Some.Span("reply", "2026-03-10T12:00:00Z", 5_000_000_000, spanId: new SpanId(1), session: "s1");
        var call = Some.Span("chat", "2026-03-10T12:00:01Z", 1_500_000, spanId: new SpanId(2), parent: new SpanId(1), attributes: [("gen_ai.request.model", "gpt-4o"), ("gen_ai.usage.input_tokens", 12), ("not.promoted", true)])
            with { StatusCode = 2, StatusMessage = "rate limited" };
        await server.Store.Spans.WriteAsync([Some.SpanBatch(root, call)], TestContext.Current.CancellationToken);

        var list = await server.GetAsync("/api/traces?model=gpt-4o");

        Assert.Equal(
            """
            {"traces":[{"traceId":"00000000000a11ce0000000000000001","rootName":"reply","rootService":"goose","start":"2026-03-10T12:00:00.000000000Z","durationMs":5000,"spanCount":2,"errorCount":1,"matched":{"spanId":"0000000000000002","parentSpanId":"0000000000000001","name":"chat","service":"goose","kind":"internal","start":"2026-03-10T12:00:01.000000000Z","durationMs":1.5,"status":"error","statusMessage":"rate limited","attributes":{"gen_ai.request.model":"gpt-4o","gen_ai.usage.input_tokens":12}}}],"nextCursor":null}
            """,
            JsonSerializer.Serialize(list));
    }

    [Fact]
    public async Task A_search_that_must_look_far_gives_what_it_has_and_where_to_go_on()
    {
        await using var server = await ApiServer.StartAsync(configure: options => options.MaxScannedSpans = 100);
        var spans = Enumerable.Range(0, 500).Select(i => Some.Span(trace: (ulong)(i < 5 ? 2 : 1))).ToList();
        await server.Store.Spans.WriteAsync([Some.SpanBatch(spans)], TestContext.Current.CancellationToken);

        var first = await server.GetAsync("/api/traces?limit=2");
        var all = await server.AllPagesAsync("/api/traces?limit=2", "traces");

        Assert.Equal(1, first.GetProperty("traces").GetArrayLength());
        Assert.NotEqual(JsonValueKind.Null, first.GetProperty("nextCursor").ValueKind);
        Assert.Equal(2, all.Count);
    }

    [Theory]
    [InlineData("service=goose&minSeverity=warn", "unknown_parameter", "minSeverity")]
    [InlineData("minDuration=-1s", "bad_parameter", "minDuration")]
    [InlineData("field=duration~5", "bad_parameter", "field")]
    [InlineData("cursor=AQAA", "bad_cursor", "cursor")]
    public async Task A_mistake_is_refused(string query, string code, string parameter)
    {
        await using var server = await ApiServer.StartAsync();

        var error = await server.ErrorAsync($"/api/traces?{query}", HttpStatusCode.BadRequest);

        Assert.Equal((code, parameter), (error.Code, error.Parameter));
    }

    private static void AssertTrace(JsonElement trace, IReadOnlyList<SpanRecord> spans, Func<SpanRecord, bool> matches)
    {
        var matched = spans.Reverse().Where(matches).OrderByDescending(span => span.StartNanos).First();
        Assert.Equal(matched.SpanId.ToString(), trace.GetProperty("matched").GetProperty("spanId").GetString());
        Assert.Equal(spans.Count, trace.GetProperty("spanCount").GetInt32());
        Assert.Equal(spans.Count(span => span.StatusCode == 2), trace.GetProperty("errorCount").GetInt32());
        Assert.Equal((spans.Max(span => span.EndNanos) - spans.Min(span => span.StartNanos)) / 1_000_000m, trace.GetProperty("durationMs").GetDecimal());
        Assert.Equal(spans.OrderBy(span => span.StartNanos).FirstOrDefault(span => span.ParentSpanId.IsEmpty)?.Name, trace.GetProperty("rootName").GetString());
    }

    private static long Tokens(SpanRecord span) => span.Attributes.First(attribute => attribute.Key == "gen_ai.usage.input_tokens").Value.Bits;
}
