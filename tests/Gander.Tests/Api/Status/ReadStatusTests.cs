using System.Net;
using System.Text.Json;
using Gander.Ingest;
using Gander.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace Gander.Tests.Api.Status;

public sealed class ReadStatusTests
{
    [Fact]
    public async Task It_tells_what_is_stored_who_sent_it_and_whose_requests_failed()
    {
        await using var server = await ApiServer.StartAsync();
        var batch = Some.SpanBatch(Some.Span(), Some.Span());
        await server.Store.Spans.WriteAsync([batch], TestContext.Current.CancellationToken);
        var activity = server.Services.GetRequiredService<EmitterActivity>();
        activity.Record(batch, (spans, row) => spans.ResourceIndexes[row], new ExportNotice(1, 3, "no name"));
        server.Services.GetRequiredService<IngestMeter>().Finished(Signal.Traces, new ExportOutcome.Accepted(3, "no name"), 2, 3);
        activity.RecordFailure("127.0.0.1", "http", "unknown token");

        server.Time.Advance(TimeSpan.FromSeconds(90.5));
        var status = await server.GetAsync("/api/status");

        Assert.Equal("ok", status.GetProperty("health").GetString());
        Assert.Equal(90.5m, status.GetProperty("server").GetProperty("uptimeSeconds").GetDecimal());
        Assert.Equal("http://127.0.0.1:4318", status.GetProperty("server").GetProperty("addresses").GetProperty("otlpHttp").GetString());
        Assert.Equal(
            """{"signal":"traces","records":2,"bytes":0,"files":0,"oldest":"2026-03-10T12:00:00.000000000Z","newest":"2026-03-10T12:00:00.000000000Z","acceptsWrites":true}""",
            JsonSerializer.Serialize(status.GetProperty("store").GetProperty("signals")[0]));
        Assert.Equal(
            """{"queuedExports":{"traces":0,"metrics":0,"logs":0},"heldBytes":0,"exports":1,"records":2,"rejectedRecords":3}""",
            JsonSerializer.Serialize(status.GetProperty("ingest")));
        Assert.Equal(
            """[{"service":"goose","host":"demo-host","user":null,"exports":1,"traceExports":1,"metricExports":0,"logExports":0,"records":2,"rejectedRecords":3,"lastSignal":"traces","lastSeen":"2026-03-10T13:00:00.000000000Z","lastRejection":"no name"}]""",
            JsonSerializer.Serialize(status.GetProperty("emitters")));
        Assert.Equal("unknown token", status.GetProperty("failures")[0].GetProperty("error").GetString());
    }

    [Fact]
    public async Task It_takes_no_parameters()
    {
        await using var server = await ApiServer.StartAsync();

        Assert.Equal("unknown_parameter", (await server.ErrorAsync("/api/status?verbose=1", HttpStatusCode.BadRequest)).Code);
    }
}
