using System.Net;
using Gander.Telemetry;

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
