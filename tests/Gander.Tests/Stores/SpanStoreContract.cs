using System.Globalization;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Tests.Stores;

/// <summary>What every span store promises. A store inherits it and opts out of nothing.</summary>
public abstract class SpanStoreContract : StoreContract
{
    private static readonly string LongString = new('x', 600);

    [Fact]
    public async Task A_span_is_read_back_as_it_was_written()
    {
        var written = Elaborate();

        await Store.Spans.WriteAsync([written], Cancel);

        Assert.Equal([written.Describe()], Described(await Store.Spans.ReadTraceAsync(written.TraceId, null, Cancel)));
    }

    [Theory]
    [InlineData(RecordDetail.Columns)]
    [InlineData(RecordDetail.Attributes)]
    [InlineData(RecordDetail.Everything)]
    public async Task A_search_brings_what_its_detail_asks_for(RecordDetail detail)
    {
        var written = Elaborate();
        await Store.Spans.WriteAsync([written], Cancel);

        var found = await Store.Spans.FindAsync(new RecordQuery(Noon, [], Detail: detail), Cancel);

        Assert.Equal([written.At(detail).Describe()], Described(found));
    }

    [Fact]
    public async Task Of_a_key_that_comes_twice_the_last_value_is_kept()
    {
        await Store.Spans.WriteAsync([Some.Span(attributes: [("a", "first"), ("gen_ai.tool.name", "one"), ("a", "second"), ("gen_ai.tool.name", "two")])], Cancel);

        using var found = await Store.Spans.ReadTraceAsync(Some.TraceId(), null, Cancel);

        Assert.Equal("{a=String:0:second, gen_ai.tool.name=String:0:two}", PlainAttributes.Describe(SpanRecord.Read(found, 0).Attributes));
    }

    [Fact]
    public async Task An_empty_store_answers_with_nothing()
    {
        Assert.Empty(Names(await Store.Spans.FindAsync(new RecordQuery(TimeRange.All, []), Cancel)));
        Assert.Empty(Names(await Store.Spans.ReadTraceAsync(Some.TraceId(), null, Cancel)));
        Assert.Empty(Names(await Store.Spans.ReadSessionsAsync(["a"], TimeRange.All, RecordDetail.Everything, Cancel)));
        Assert.Empty(await AfterAsync(0));
    }

    [Fact]
    public async Task A_search_gives_the_newest_first_and_the_last_to_arrive_first_within_an_instant()
    {
        await Store.Spans.WriteAsync([Some.Span("b", "2026-03-10T12:00:01Z"), Some.Span("a", "2026-03-10T12:00:00Z")], Cancel);
        await Store.Spans.WriteAsync([Some.SpanBatch(Some.Span("c", "2026-03-10T12:00:01Z"), Some.Span("d", "2026-03-10T12:00:01Z"))], Cancel);

        Assert.Equal(["d", "c", "b", "a"], Names(await Store.Spans.FindAsync(new RecordQuery(Noon, []), Cancel)));
        Assert.Equal(["d", "c"], Names(await Store.Spans.FindAsync(new RecordQuery(Noon, [], Limit: 2), Cancel)));
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_repetition()
    {
        var spans = Enumerable.Range(0, 25).Select(index => Some.Span($"{index}", $"2026-03-10T12:00:{index / 10:00}Z"));
        await Store.Spans.WriteAsync([Some.SpanBatch(spans)], Cancel);

        var names = new List<string>();
        RecordCursor? after = null;
        while (names.Count < 25)
        {
            using var page = await Store.Spans.FindAsync(new RecordQuery(Noon, [], Limit: 4, After: after), Cancel);
            names.AddRange(SpanRecord.ReadAll(page).Select(span => span.Name));
            var last = page.StartNanos[page.Count - 1];
            var skip = page.StartNanos.Values.Count(last) + (after?.TimeNanos == last ? after.Value.Skip : 0);
            after = new RecordCursor(last, skip);
        }

        Assert.Equal(Enumerable.Range(0, 25).Reverse().Select(index => index.ToString(CultureInfo.InvariantCulture)), names);
    }

    [Fact]
    public async Task A_range_holds_its_start_and_not_its_end()
    {
        await Store.Spans.WriteAsync([Some.Span("start", "2026-03-10T11:00Z"), Some.Span("end", "2026-03-10T13:00Z")], Cancel);

        Assert.Equal(["start"], Names(await Store.Spans.FindAsync(new RecordQuery(Noon, []), Cancel)));
    }

    [Fact]
    public async Task Every_field_can_be_asked_for()
    {
        var parent = Some.SpanId();
        var other = Some.SpanId();
        await Store.Spans.WriteAsync(
            [
                Some.Span("this", durationNanos: 5_000, trace: 7, spanId: other, parent: parent, session: "s", attributes: ("n", 5)) with { Kind = 3, StatusCode = 2 },
                Some.Span("that", durationNanos: 4_000, trace: 8, resource: Some.Resource("other", ("n", "text"))) with { Scope = new InstrumentationScope("library") },
            ],
            Cancel);

        await FindsAsync(["this"], Where(new RecordField.Name(), RecordOperator.Equal, "this"));
        await FindsAsync(["that"], Where(new RecordField.Service(), RecordOperator.Equal, "other"));
        await FindsAsync(["that"], Where(new RecordField.ScopeName(), RecordOperator.Contains, "BRAR"));
        await FindsAsync(["this"], Where(new RecordField.Status(), RecordOperator.Equal, 2));
        await FindsAsync(["this"], Where(new RecordField.Kind(), RecordOperator.GreaterOrEqual, 3));
        await FindsAsync(["this"], Where(new RecordField.DurationNanos(), RecordOperator.Greater, 4_000));
        await FindsAsync(["that"], Where(new RecordField.DurationNanos(), RecordOperator.LessOrEqual, 4_000.5));
        await FindsAsync(["this"], Where(new RecordField.Session(), RecordOperator.Equal, "s"));
        await FindsAsync(["this"], Where(new RecordField.Trace(), RecordOperator.Equal, Some.TraceId(7).ToString()));
        await FindsAsync(["this"], Where(new RecordField.Span(), RecordOperator.Equal, other.ToString()));
        await FindsAsync(["this"], Where(new RecordField.Parent(), RecordOperator.Equal, parent.ToString()));
        await FindsAsync(["that"], Where(new RecordField.Parent(), RecordOperator.Absent, ""));
        await FindsAsync([], Where(new RecordField.Severity(), RecordOperator.Equal, 9));
        await FindsAsync([], Where(new RecordField.Trace(), RecordOperator.Equal, "no trace id"));
        await FindsAsync(["that", "this"], Where("n", RecordOperator.Present, ""));
        await FindsAsync(["this"], Where(new RecordField.OfRecord("n", OrResource: false), RecordOperator.Present, ""));
        await FindsAsync(["that"], Where(new RecordField.OfResource("n"), RecordOperator.Equal, "text"));
        await FindsAsync(["this"], Where("host.name", RecordOperator.Equal, "demo-host"), Where("n", RecordOperator.Less, 6));
    }

    [Fact]
    public async Task Values_compare_by_their_kind()
    {
        await Store.Spans.WriteAsync([Some.SpanBatch(
            Some.Span("int", attributes: ("k", 5)),
            Some.Span("double", attributes: ("k", 5.0)),
            Some.Span("text", attributes: ("k", "5")),
            Some.Span("bool", attributes: ("k", true)),
            Some.Span("array", attributes: ("k", new AttributeValue(AttributeKind.Array, 0, """[{"intValue":"5"}]"""))),
            Some.Span("none"))], Cancel);

        await FindsAsync(["double", "int"], Where("k", RecordOperator.Equal, 5));
        await FindsAsync(["double", "int"], Where("k", RecordOperator.Equal, 5.0));
        await FindsAsync(["text"], Where("k", RecordOperator.Equal, "5"));
        await FindsAsync(["bool"], Where("k", RecordOperator.Equal, true));
        await FindsAsync(["array", "bool", "double", "int"], Where("k", RecordOperator.NotEqual, "5"));
        await FindsAsync(["array", "bool", "text"], Where("k", RecordOperator.NotEqual, 5));
        await FindsAsync(["double", "int"], Where("k", RecordOperator.Greater, 4.5));
        await FindsAsync(["array", "text"], Where("k", RecordOperator.Contains, "5"));
        await FindsAsync(["none"], Where("k", RecordOperator.Absent, ""));
    }

    [Fact]
    public async Task Promoted_and_long_attributes_can_be_asked_for_like_any_other()
    {
        await Store.Spans.WriteAsync([Some.SpanBatch(
            Some.Span("call", session: "s", attributes: [("gen_ai.tool.name", "shell"), ("gen_ai.usage.input_tokens", 1200), ("output", "It Worked"), ("note", LongString + "END")]),
            Some.Span("odd", attributes: [("gen_ai.tool.name", 5), ("gen_ai.usage.input_tokens", "many"), ("gen_ai.conversation.id", "c")]))], Cancel);

        await FindsAsync(["call"], Where("gen_ai.tool.name", RecordOperator.Equal, "shell"));
        await FindsAsync(["odd"], Where("gen_ai.tool.name", RecordOperator.Equal, 5));
        await FindsAsync(["call"], Where("gen_ai.usage.input_tokens", RecordOperator.Greater, 1000));
        await FindsAsync(["odd"], Where("gen_ai.usage.input_tokens", RecordOperator.Equal, "many"));
        await FindsAsync(["odd", "call"], Where("gen_ai.usage.input_tokens", RecordOperator.Present, ""));
        await FindsAsync(["call"], Where("output", RecordOperator.Contains, "worked"));
        await FindsAsync(["call"], Where("note", RecordOperator.Contains, "end"));
        await FindsAsync(["call"], Where("session.id", RecordOperator.Equal, "s"));
        await FindsAsync(["odd"], Where("session.id", RecordOperator.Absent, ""));
        await FindsAsync(["odd"], Where("gen_ai.conversation.id", RecordOperator.Present, ""));
        await FindsAsync(["odd"], Where(new RecordField.Session(), RecordOperator.Equal, "c"));
    }

    [Fact]
    public async Task Text_is_matched_as_it_stands_and_never_as_a_pattern()
    {
        await Store.Spans.WriteAsync([Some.SpanBatch(Some.Span("100% (a|b)_*"), Some.Span("1000 a b xx"), Some.Span("it's \"quoted\"; --"))], Cancel);

        await FindsAsync(["100% (a|b)_*"], Where(new RecordField.Name(), RecordOperator.Contains, "0% (A|B)_*"));
        await FindsAsync(["it's \"quoted\"; --"], Where(new RecordField.Name(), RecordOperator.Equal, "it's \"quoted\"; --"));
        await FindsAsync([], Where("' OR 1=1 --", RecordOperator.Present, ""));
    }

    [Fact]
    public async Task A_trace_is_read_earliest_first_from_whatever_exports_it_came_in()
    {
        await Store.Spans.WriteAsync([Some.Span("late", "2026-03-10T12:00:05Z")], Cancel);
        await Store.Spans.WriteAsync([Some.SpanBatch(Some.Span("early", "2026-03-10T12:00:01Z"), Some.Span("other", trace: 2))], Cancel);

        Assert.Equal(["early", "late"], Names(await Store.Spans.ReadTraceAsync(Some.TraceId(), null, Cancel)));
        Assert.Equal(["early", "late"], Names(await Store.Spans.ReadTraceAsync(Some.TraceId(), Noon, Cancel)));
    }

    [Fact]
    public async Task Traces_are_summed_up_over_their_spans_in_the_range()
    {
        var root = Some.SpanId();
        await Store.Spans.WriteAsync([Some.SpanBatch(
            Some.Span("child", "2026-03-10T12:00:01Z", durationNanos: 5_000_000_000, parent: root) with { StatusCode = 2 },
            Some.Span("root", "2026-03-10T12:00:00Z", durationNanos: 2_000_000_000, spanId: root),
            Some.Span("orphan", trace: 2, parent: new SpanId(5)),
            Some.Span("outside", "2026-03-09T12:00Z", trace: 3))], Cancel);

        var summaries = await Store.Spans.SummariseTracesAsync([Some.TraceId(1), Some.TraceId(2), Some.TraceId(3), Some.TraceId(4)], Noon, Cancel);

        var noon = Some.Instant("2026-03-10T12:00Z");
        Assert.Equal(
            [new TraceSummary(Some.TraceId(1), noon, noon + 6_000_000_000, 2, 1, "root", "goose"), new TraceSummary(Some.TraceId(2), noon, noon + 1_000_000, 1, 0, null, null)],
            summaries.OrderBy(summary => summary.TraceId.Low));
        Assert.Empty(await Store.Spans.SummariseTracesAsync([], Noon, Cancel));
    }

    [Fact]
    public async Task A_session_brings_the_spans_of_its_traces_that_name_no_session()
    {
        await Store.Spans.WriteAsync([Some.SpanBatch(
            Some.Span("reply", session: "a", trace: 1),
            Some.Span("chat", trace: 1),
            Some.Span("subagent", session: "b", trace: 1),
            Some.Span("conversation", trace: 2, attributes: ("gen_ai.conversation.id", "a")),
            Some.Span("plain", trace: 4, attributes: ("conversation.id", "a")),
            Some.Span("elsewhere", trace: 3),
            Some.Span("too early", "2026-03-09T12:00Z", session: "a", trace: 1))], Cancel);

        Assert.Equal(["reply", "chat", "conversation", "plain"], Names(await Store.Spans.ReadSessionsAsync(["a", "z"], Noon, RecordDetail.Columns, Cancel)));
        Assert.Empty(Names(await Store.Spans.ReadSessionsAsync([], Noon, RecordDetail.Columns, Cancel)));
    }

    [Fact]
    public async Task An_export_that_comes_again_within_a_quarter_of_an_hour_is_stored_once()
    {
        var first = await Store.Spans.WriteAsync([Export(1, Some.Span("once")), Export(1, Some.Span("repeat in the same call"))], Cancel);
        Time.Advance(TimeSpan.FromMinutes(14));
        var repeat = await Store.Spans.WriteAsync([Export(1, Some.Span("repeat")), Export(2, Some.Span("other"))], Cancel);
        Time.Advance(TimeSpan.FromMinutes(2));
        var muchLater = await Store.Spans.WriteAsync([Export(1, Some.Span("much later"))], Cancel);

        Assert.Equal([true, false], first.Stored);
        Assert.Equal([false, true], repeat.Stored);
        Assert.Equal([true], muchLater.Stored);
        Assert.Equal((1L, 2L, 3L), (first.Sequence, repeat.Sequence, muchLater.Sequence));
        Assert.Equal(["much later", "other", "once"], Names(await Store.Spans.FindAsync(new RecordQuery(Noon, []), Cancel)));
    }

    [Fact]
    public async Task An_export_without_a_fingerprint_is_never_a_repetition()
    {
        var outcome = await Store.Spans.WriteAsync([Some.Span("same"), Some.Span("same")], Cancel);

        Assert.Equal([true, true], outcome.Stored);
    }

    [Fact]
    public async Task Exports_after_a_sequence_number_are_read_in_order_of_arrival()
    {
        var first = await Store.Spans.WriteAsync([Some.Span("a", "2026-03-10T12:00:05Z")], Cancel);
        Time.Advance(TimeSpan.FromDays(1));
        await Store.Spans.WriteAsync([Some.SpanBatch(Some.Span("c", "2026-03-10T12:00:04Z"), Some.Span("b", "2026-03-10T12:00:03Z"))], Cancel);
        Time.Advance(TimeSpan.FromDays(1));
        var last = await Store.Spans.WriteAsync([Some.Span("d", "2026-03-10T12:00:02Z", attributes: ("output", "not read"))], Cancel);

        Assert.Equal(["a", "c", "b", "d"], await AfterAsync(0));
        Assert.Equal(["c", "b", "d"], await AfterAsync(first.Sequence));
        Assert.Empty(await AfterAsync(last.Sequence));
    }

    [Fact]
    public async Task Days_past_the_keep_time_are_dropped_and_numbers_go_on()
    {
        await Store.Spans.WriteAsync([Some.Span("old", "2026-03-10T12:00Z")], Cancel);
        Time.Advance(TimeSpan.FromDays(3));
        await Store.Spans.WriteAsync([Some.Span("young", "2026-03-13T12:00Z"), Some.Span("late", "2026-03-01T12:00Z")], Cancel);
        Time.Advance(TimeSpan.FromDays(5));

        await Store.SweepAsync(Time.NowNanos, Cancel);

        Assert.Equal(["young", "late"], Names(await Store.Spans.FindAsync(new RecordQuery(TimeRange.All, []), Cancel)));
        Assert.Equal(4, (await Store.Spans.WriteAsync([Some.Span("next")], Cancel)).Sequence);
    }

    [Fact]
    public async Task The_status_counts_spans_and_knows_their_times()
    {
        await Store.Spans.WriteAsync([Some.SpanBatch(Some.Span(startedOn: "2026-03-10T12:00Z"), Some.Span(startedOn: "2026-03-10T12:05Z"))], Cancel);

        var status = Assert.Single(Store.Status().Signals, signal => signal.Signal == Signal.Traces);

        Assert.Equal(2, status.Records);
        Assert.Equal(Some.Instant("2026-03-10T12:00Z"), status.OldestNanos);
        Assert.Equal(Some.Instant("2026-03-10T12:05Z"), status.NewestNanos);
        Assert.True(status.AcceptsWrites);
    }

    private async Task FindsAsync(string[] names, params RecordCondition[] conditions) =>
        Assert.Equal(names.Order(StringComparer.Ordinal), Names(await Store.Spans.FindAsync(new RecordQuery(Noon, conditions), Cancel)).Order(StringComparer.Ordinal));

    private async Task<IReadOnlyList<string>> AfterAsync(long sequence)
    {
        var names = new List<string>();
        await foreach (var exports in Store.Spans.ReadExportsAsync(new ExportRange(sequence), RecordDetail.Attributes, Cancel))
        {
            Assert.DoesNotContain(SpanRecord.ReadAll(exports.Batch), span => span.Attributes.Any(attribute => attribute.Key == "output"));
            names.AddRange(Names(exports.Batch));
        }

        return names;
    }

    private static SpanRecord Elaborate() => Some.Span(
        "call é\0😀",
        session: "session",
        parent: new SpanId(ulong.MaxValue),
        attributes:
        [
            ("gen_ai.conversation.id", "conversation"), ("gen_ai.tool.name", ""), ("gen_ai.usage.input_tokens", -1), ("gen_ai.request.model", 5),
            ("empty", new AttributeValue(AttributeKind.Empty, 0, "")), ("text", ""), ("control", "\u0001\u0002x"), ("nan", BitConverter.Int64BitsToDouble(0x7FF8_0000_0000_0007)),
            ("zero", -0.0), ("tiny", 5e-324), ("third", 1.0 / 3), ("infinite", double.NegativeInfinity), ("most", long.MaxValue), ("least", long.MinValue), ("no", false), ("yes", true),
            ("bytes", new AttributeValue(AttributeKind.Bytes, 0, "AAE=")), ("array", new AttributeValue(AttributeKind.Array, 0, """[{"intValue":"1"}]""")),
            ("map", new AttributeValue(AttributeKind.Map, 0, """[{"key":"a","value":{}}]""")), ("", "empty key"), ("note", LongString), ("output", "short content"),
            ("gen_ai.input.messages", new AttributeValue(AttributeKind.Array, 0, "[]")),
        ]) with
    {
        TraceState = "a=b",
        Flags = uint.MaxValue,
        Kind = 5,
        StatusCode = 2,
        StatusMessage = "went\twrong",
        DroppedAttributes = 1,
        DroppedEvents = 2,
        DroppedLinks = uint.MaxValue,
        Scope = new InstrumentationScope("scope", "1.0", Some.Attributes(("k", 1.5)), "https://example.test/schema", 3),
        Resource = new Resource([.. Some.GooseResource.Attributes, new("odd", new AttributeValue(AttributeKind.Array, 0, "[]"))], "https://example.test/resource", 4),
        Events = [new EventRecord(12, "exception", Some.Attributes(("exception.message", "a \"quoted\"\nline\0"), ("n", 3), ("d", 0.1)), 9), new EventRecord(0, "", [])],
        Links = [new LinkRecord(Some.TraceId(9), new SpanId(8), "c=d", Some.Attributes(("k", true)), 7, 0x301)],
    };
}
