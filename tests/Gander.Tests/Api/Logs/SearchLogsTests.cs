using System.Net;
using System.Text.Json;
using CsCheck;
using Gander.Telemetry;
using Gander.Tests.Stores;

namespace Gander.Tests.Api.Logs;

public sealed class SearchLogsTests
{
    private static readonly Gen<LogRecord> Records =
        from second in Gen.Int[0, 9]
        from severity in Gen.Byte[0, 24]
        from body in Gen.OneOf("Tool call FAILED", "started", "", "ünïcode ☃")
        from session in Gen.OneOf<string?>(null, "s1", "s2")
        from number in Gen.Int
        select Some.Log(body, $"2026-03-10T12:00:0{second}Z", severity, session: session, attributes: [("number", number)]);

    private static readonly (string Query, Func<LogRecord, bool> Matches)[] Searches =
    [
        ("", _ => true),
        ("minSeverity=warn", record => record.Severity >= 13),
        ("text=failed", record => record.Body.Contains("FAILED", StringComparison.Ordinal)),
        ("session=s1", record => record.SessionId == "s1"),
        ("field=!session&field=severity<5", record => record.SessionId is null && record.Severity < 5),
        ("attr=number>0", record => record.Attributes.First(attribute => attribute.Key == "number").Value.Bits > 0),
        ("start=2026-03-10T12:00:03Z&end=2026-03-10T12:00:06Z", record => record.ObservedNanos >= Some.Instant("2026-03-10T12:00:03Z") && record.ObservedNanos < Some.Instant("2026-03-10T12:00:06Z")),
    ];

    [Fact]
    public Task Pages_hold_each_matching_record_once_newest_first() =>
        Gen.Select(Records.Array[0, 60], Gen.Int[1, 9], Gen.OneOf(Searches)).SampleAsync(
            async (records, limit, search) =>
            {
                await using var server = await ApiServer.StartAsync();
                await server.Store.Logs.WriteAsync([Some.LogBatch(records)], CancellationToken.None);

                var found = await server.AllPagesAsync($"/api/logs?limit={limit}&{search.Query}", "logs");

                Assert.Equal(
                    records.Reverse().Where(search.Matches).OrderByDescending(record => record.ObservedNanos).Select(Number),
                    found.Select(Number));
            },
            iter: 60);

    [Fact]
    public Task Records_that_arrive_between_pages_neither_repeat_nor_hide_others() =>
        Gen.Select(Records.Array[1, 40], Records.Array[1, 40], Gen.Int[1, 4]).SampleAsync(
            async (early, late, limit) =>
            {
                // Alike but for their number, which is no part of what tells records of a nanosecond apart.
                var numbered = early.Concat(late).Select((record, index) => record with { Severity = (byte)(index % 24), Attributes = Some.Attributes(("number", index)) }).ToList();
                await using var server = await ApiServer.StartAsync();
                await server.Store.Logs.WriteAsync([Some.LogBatch(numbered.Take(early.Length))], CancellationToken.None);
                var arriving = new Queue<LogRecord[]>(numbered.Skip(early.Length).Chunk(3));

                var found = await server.AllPagesAsync($"/api/logs?limit={limit}", "logs", async () =>
                {
                    if (arriving.TryDequeue(out var records))
                    {
                        await server.Store.Logs.WriteAsync([Some.LogBatch(records)], CancellationToken.None);
                    }
                });

                var numbers = found.Select(Number).ToList();
                Assert.Equal(numbers.Distinct(), numbers);
                Assert.Empty(Enumerable.Range(0, early.Length).Select(index => (long)index).Except(numbers));
            },
            iter: 60);

    [Fact]
    public async Task A_record_has_every_member_of_its_schema()
    {
        await using var server = await ApiServer.StartAsync();
        var record = Some.Log("hello \"☃\"", "2026-03-10T12:00Z", 17, trace: 1, spanId: new SpanId(2), session: "s1", eventName: "codex.tool", attributes: [("retry", true), ("ratio", 0.5), ("nan", double.NaN), ("list", new AttributeValue(AttributeKind.Array, 0, """[{"intValue":"1"},{"kvlistValue":{"values":[{"key":"a","value":{"stringValue":"b"}}]}}]"""))]);
        await server.Store.Logs.WriteAsync([record], TestContext.Current.CancellationToken);

        var list = await server.GetAsync("/api/logs?include=resource");

        Assert.Equal(
            """
            {"logs":[{"time":"2026-03-10T12:00:00.000000000Z","eventTime":null,"observedTime":"2026-03-10T12:00:00.000000000Z","severity":17,"severityText":"INFO","eventName":"codex.tool","body":"hello \u0022\u2603\u0022","bodyMayBeCut":false,"service":"goose","scope":"goose","sessionId":"s1","traceId":"00000000000a11ce0000000000000001","spanId":"0000000000000002","attributes":{"session.id":"s1","retry":true,"ratio":0.5,"nan":"NaN","list":[1,{"a":"b"}]},"resource":{"host.name":"demo-host","service.name":"goose","service.version":"1.52.0"}}],"nextCursor":null}
            """,
            JsonSerializer.Serialize(list));
    }

    [Fact]
    public async Task Long_texts_come_when_asked_for()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Store.Logs.WriteAsync([Some.Log(new string('x', 1_000), attributes: [("prompt", "hi")])], TestContext.Current.CancellationToken);

        var preview = (await server.GetAsync("/api/logs")).GetProperty("logs")[0];
        var full = (await server.GetAsync("/api/logs?detail=full")).GetProperty("logs")[0];

        Assert.Equal(256, preview.GetProperty("body").GetString()!.Length);
        Assert.True(preview.GetProperty("bodyMayBeCut").GetBoolean());
        Assert.False(preview.GetProperty("attributes").TryGetProperty("prompt", out _));
        Assert.Equal(1_000, full.GetProperty("body").GetString()!.Length);
        Assert.False(full.GetProperty("bodyMayBeCut").GetBoolean());
        Assert.Equal("hi", full.GetProperty("attributes").GetProperty("prompt").GetString());
    }

    [Theory]
    [InlineData("status=error", "unknown_parameter", "status")]
    [InlineData("minSeverity=loud", "bad_parameter", "minSeverity")]
    [InlineData("detail=all", "bad_parameter", "detail")]
    [InlineData("include=everything", "bad_parameter", "include")]
    public async Task A_mistake_is_refused(string query, string code, string parameter)
    {
        await using var server = await ApiServer.StartAsync();

        var error = await server.ErrorAsync($"/api/logs?{query}", HttpStatusCode.BadRequest);

        Assert.Equal((code, parameter), (error.Code, error.Parameter));
    }

    private static long Number(LogRecord record) => record.Attributes.First(attribute => attribute.Key == "number").Value.Bits;

    private static long Number(JsonElement record) => record.GetProperty("attributes").GetProperty("number").GetInt64();
}
