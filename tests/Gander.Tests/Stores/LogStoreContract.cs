using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Tests.Stores;

/// <summary>What every log store promises. A store inherits it and opts out of nothing.</summary>
public abstract class LogStoreContract : StoreContract
{
    [Theory]
    [InlineData(RecordDetail.Columns)]
    [InlineData(RecordDetail.Attributes)]
    [InlineData(RecordDetail.Everything)]
    public async Task A_search_brings_what_its_detail_asks_for(RecordDetail detail)
    {
        var written = Some.Log(
            new string('é', 200) + "\0😀", trace: 3, spanId: new SpanId(4), session: "s", eventName: "api_request", attributes: [("a", 1), ("prompt", "content"), ("gen_ai.request.model", "m")]) with
        {
            TimeNanos = Some.Instant("2026-03-10T12:00Z") + 1,
            Flags = 1,
            DroppedAttributes = 2,
        };
        await Store.Logs.WriteAsync([written], Cancel);

        var found = await Store.Logs.FindAsync(new RecordQuery(Noon, [], Detail: detail), Cancel);

        Assert.Equal([written.At(detail).Describe()], Described(found));
    }

    [Fact]
    public async Task A_preview_of_a_body_ends_with_a_whole_character()
    {
        await Store.Logs.WriteAsync([Some.Log("x" + new string('é', 200))], Cancel);

        Assert.Equal(["x" + new string('é', 127)], Bodies(await Store.Logs.FindAsync(new RecordQuery(Noon, [], Detail: RecordDetail.Attributes), Cancel)));
    }

    [Fact]
    public async Task A_record_without_a_time_is_found_by_when_it_was_observed()
    {
        await Store.Logs.WriteAsync([Some.LogBatch(
            Some.Log("observed", "2026-03-10T12:00Z"),
            Some.Log("timed", "2026-03-11T12:00Z") with { TimeNanos = Some.Instant("2026-03-10T12:01Z") },
            Some.Log("elsewhere", "2026-03-10T12:00Z") with { TimeNanos = Some.Instant("2026-03-09T12:01Z") })], Cancel);

        Assert.Equal(["timed", "observed"], Bodies(await Store.Logs.FindAsync(new RecordQuery(Noon, [], Detail: RecordDetail.Attributes), Cancel)));
    }

    [Fact]
    public async Task Every_field_can_be_asked_for()
    {
        await Store.Logs.WriteAsync([Some.LogBatch(
            Some.Log("It FAILED (x)", severity: 17, trace: 2, spanId: new SpanId(3), session: "s", eventName: "error", attributes: ("n", 5)),
            Some.Log("fine", resource: Some.Resource("other")) with { Scope = new InstrumentationScope("library") },
            Some.Log("") with { BodyKind = AttributeKind.Empty })], Cancel);

        await FindsAsync(["It FAILED (x)"], Where(new RecordField.Body(), RecordOperator.Contains, "failed (X"));
        await FindsAsync(["fine"], Where(new RecordField.Body(), RecordOperator.Equal, "fine"));
        await FindsAsync([""], Where(new RecordField.Body(), RecordOperator.Absent, ""));
        await FindsAsync(["It FAILED (x)"], Where(new RecordField.Severity(), RecordOperator.GreaterOrEqual, 17));
        await FindsAsync(["It FAILED (x)"], Where(new RecordField.Name(), RecordOperator.Equal, "error"));
        await FindsAsync(["fine"], Where(new RecordField.Service(), RecordOperator.Equal, "other"));
        await FindsAsync(["fine"], Where(new RecordField.ScopeName(), RecordOperator.Equal, "library"));
        await FindsAsync(["It FAILED (x)"], Where(new RecordField.Session(), RecordOperator.Present, ""));
        await FindsAsync(["It FAILED (x)"], Where(new RecordField.Trace(), RecordOperator.Equal, Some.TraceId(2).ToString()));
        await FindsAsync(["", "fine"], Where(new RecordField.Span(), RecordOperator.Absent, ""));
        await FindsAsync(["It FAILED (x)"], Where("n", RecordOperator.Equal, 5.0));
        await FindsAsync([], Where(new RecordField.Status(), RecordOperator.Equal, 0));
        await FindsAsync([], Where(new RecordField.Parent(), RecordOperator.Present, ""));
    }

    [Fact]
    public async Task A_session_brings_its_records_and_those_of_the_given_traces()
    {
        await Store.Logs.WriteAsync([Some.LogBatch(
            Some.Log("second", "2026-03-10T12:00:02Z", session: "a"),
            Some.Log("first", "2026-03-10T12:00:01Z", trace: 5),
            Some.Log("conversation", "2026-03-10T12:00:03Z", attributes: ("gen_ai.conversation.id", "a")),
            Some.Log("plain", "2026-03-10T12:00:04Z", attributes: ("conversation.id", "a")),
            Some.Log("loose", "2026-03-10T12:00:05Z"),
            Some.Log("other", session: "b", trace: 6),
            Some.Log("too late", "2026-03-12T12:00Z", session: "a"))], Cancel);

        Assert.Equal(["first", "second", "conversation", "plain"], Bodies(await Store.Logs.ReadSessionsAsync(["a"], [Some.TraceId(5)], Noon, RecordDetail.Everything, Cancel)));
        Assert.Equal(["first"], Bodies(await Store.Logs.ReadSessionsAsync([], [Some.TraceId(5)], Noon, RecordDetail.Everything, Cancel)));
        Assert.Empty(Bodies(await Store.Logs.ReadSessionsAsync([], [], Noon, RecordDetail.Everything, Cancel)));
    }

    [Fact]
    public async Task Loose_records_are_those_of_a_resource_without_session_and_trace()
    {
        var other = Some.Resource("other");
        await Store.Logs.WriteAsync([Some.LogBatch(
            Some.Log("loose"), Some.Log("of another", resource: other), Some.Log("traced", trace: 1), Some.Log("named", session: "s"))], Cancel);

        Assert.Equal(["loose"], Bodies(await Store.Logs.ReadLooseAsync([Some.GooseResource.Id], Noon, Cancel)));
        Assert.Equal(["loose", "of another"], Bodies(await Store.Logs.ReadLooseAsync([Some.GooseResource.Id, other.Id], Noon, Cancel)));
        Assert.Empty(Bodies(await Store.Logs.ReadLooseAsync([], Noon, Cancel)));
    }

    [Fact]
    public async Task Repeated_exports_are_stored_once_and_later_ones_are_read_in_order()
    {
        var first = await Store.Logs.WriteAsync([Export(1, Some.Log("a"))], Cancel);
        var second = await Store.Logs.WriteAsync([Export(1, Some.Log("a")), Export(2, Some.Log("b"))], Cancel);

        Assert.Equal([false, true], second.Stored);
        Assert.Equal((1L, 2L), (first.Sequence, second.Sequence));
        var after = new List<string>();
        await foreach (var exports in Store.Logs.ReadExportsAsync(new ExportRange(1), RecordDetail.Attributes, Cancel))
        {
            after.AddRange(Bodies(exports.Batch));
        }

        Assert.Equal(["b"], after);
    }

    private async Task FindsAsync(string[] bodies, params RecordCondition[] conditions) =>
        Assert.Equal(
            bodies.Order(StringComparer.Ordinal),
            Bodies(await Store.Logs.FindAsync(new RecordQuery(Noon, conditions, Detail: RecordDetail.Attributes), Cancel)).Order(StringComparer.Ordinal));
}
