using System.Net;
using Gander.Storage.DuckDb;
using Gander.Telemetry;
using Gander.Tests.Stores;

namespace Gander.Tests.Api.Traces;

public sealed class ReadTraceTests
{
    [Fact]
    public async Task A_trace_comes_whole_and_as_it_was_sent()
    {
        await using var server = await ApiServer.StartAsync();
        var text = new string('☃', 100_000);
        await server.Store.Spans.WriteAsync(
            [Some.SpanBatch(
                Some.Span("reply", spanId: new SpanId(1), attributes: [("gen_ai.input.messages", text), ("count", 9_007_199_254_740_993)]),
                Some.Span("other", trace: 2),
                Some.Span("chat", "2026-03-10T12:00:01Z", spanId: new SpanId(2), parent: new SpanId(1)))],
            TestContext.Current.CancellationToken);

        var trace = await server.GetAsync($"/api/traces/{Some.TraceId().ToString().ToUpperInvariant()}");

        var spans = Assert.Single(trace.GetProperty("resourceSpans").EnumerateArray()).GetProperty("scopeSpans")[0].GetProperty("spans");
        Assert.Equal(["reply", "chat"], spans.EnumerateArray().Select(span => span.GetProperty("name").GetString()));
        var attributes = spans[0].GetProperty("attributes").EnumerateArray().ToDictionary(attribute => attribute.GetProperty("key").GetString()!, attribute => attribute.GetProperty("value"));
        Assert.Equal(text, attributes["gen_ai.input.messages"].GetProperty("stringValue").GetString());
        Assert.Equal("9007199254740993", attributes["count"].GetProperty("intValue").GetString());
        Assert.Equal("0000000000000001", spans[1].GetProperty("parentSpanId").GetString());
    }

    [Fact]
    public async Task A_trace_that_is_cut_says_how_many_spans_are_missing()
    {
        using var folder = new TemporaryFolder();
        await using var store = await DuckDbStore.OpenAsync(new DuckDbStoreOptions { Folder = folder.Path, MaxRecordsPerRead = 3 }, TimeProvider.System, null, TestContext.Current.CancellationToken);
        await using var server = await ApiServer.StartAsync(store);
        await store.Spans.WriteAsync([Some.SpanBatch([.. Enumerable.Range(1, 5).Select(i => Some.Span(spanId: new SpanId((ulong)i))), .. Enumerable.Range(1, 3).Select(i => Some.Span(trace: 2, spanId: new SpanId((ulong)i)))])], TestContext.Current.CancellationToken);

        using var cut = await server.Client.GetAsync(new Uri($"/api/traces/{Some.TraceId()}", UriKind.Relative), TestContext.Current.CancellationToken);
        using var whole = await server.Client.GetAsync(new Uri($"/api/traces/{Some.TraceId(2)}", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(["2"], cut.Headers.GetValues("Gander-Missing-Spans"));
        Assert.Equal(2, (await server.GetAsync($"/api/traces/{Some.TraceId()}")).GetProperty("missingSpans").GetInt32());
        Assert.False(whole.Headers.Contains("Gander-Missing-Spans"));
        Assert.False((await server.GetAsync($"/api/traces/{Some.TraceId(2)}")).TryGetProperty("missingSpans", out _));
    }

    [Theory]
    [InlineData("5b8aa5a2d2c872e8321cf37308d69df2", HttpStatusCode.NotFound, "not_found")]
    [InlineData("5b8aa5a2", HttpStatusCode.BadRequest, "bad_parameter")]
    [InlineData("00000000000000000000000000000000", HttpStatusCode.BadRequest, "bad_parameter")]
    [InlineData("5b8aa5a2d2c872e8321cf37308d69df2?near=1", HttpStatusCode.BadRequest, "unknown_parameter")]
    public async Task A_mistake_is_refused(string id, HttpStatusCode status, string code)
    {
        await using var server = await ApiServer.StartAsync();

        Assert.Equal(code, (await server.ErrorAsync($"/api/traces/{id}", status)).Code);
    }
}
