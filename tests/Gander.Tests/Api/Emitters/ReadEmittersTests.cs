using System.Net;
using Gander.Ingest;
using Gander.Sessions;
using Microsoft.Extensions.DependencyInjection;

namespace Gander.Tests.Api.Emitters;

public sealed class ReadEmittersTests
{
    private const string Day = "start=2026-03-10T00:00:00Z&end=2026-03-11T00:00:00Z";

    [Fact]
    public async Task What_sessions_miss_is_gathered_with_the_line_that_brings_it()
    {
        await using var server = await ApiServer.StartAsync();
        var part = new MissingPart("tool outcome", "message content is not captured", "CAPTURE=true");
        await server.Store.Sessions.SaveAsync(
            [
                Some.Session("a", startedOn: "2026-03-10T12:00Z", endedOn: "2026-03-10T12:01Z") with { Host = "laptop", AgentVersion = "1.0", Missing = [part] },
                Some.Session("b", startedOn: "2026-03-10T13:00Z", endedOn: "2026-03-10T13:01Z") with { Host = "laptop", AgentVersion = "1.1", Missing = [part, new MissingPart("end", "it was killed", null)] },
                Some.Session("c", startedOn: "2026-03-10T14:00Z", endedOn: "2026-03-10T14:01Z", agent: "codex", user: null),
            ],
            [],
            default,
            TestContext.Current.CancellationToken);

        var emitters = (await server.GetAsync($"/api/emitters?{Day}")).GetProperty("emitters").EnumerateArray().ToList();

        Assert.Equal(["codex", "goose"], emitters.Select(emitter => emitter.GetProperty("agent").GetString()));
        Assert.Equal(("1.1", 2, "2026-03-10T13:01:00.000000000Z"), (emitters[1].GetProperty("version").GetString(), emitters[1].GetProperty("sessions").GetInt32(), emitters[1].GetProperty("lastSeen").GetString()));
        Assert.Equal(
            """[{"what":"tool outcome","why":"message content is not captured","fix":"CAPTURE=true","sessions":2,"since":"2026-03-10T12:00:00.000000000Z","last":"2026-03-10T13:00:00.000000000Z"},{"what":"end","why":"it was killed","fix":null,"sessions":1,"since":"2026-03-10T13:00:00.000000000Z","last":"2026-03-10T13:00:00.000000000Z"}]""",
            emitters[1].GetProperty("missing").GetRawText());
    }

    [Fact]
    public async Task Signals_are_those_that_came_since_the_server_started()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Store.Sessions.SaveAsync([Some.Session() with { Host = "demo-host" }, Some.Session("d", agent: "codex")], [], default, TestContext.Current.CancellationToken);
        server.Services.GetRequiredService<EmitterActivity>().Record(Some.SpanBatch(Some.Span()), (spans, row) => spans.ResourceIndexes[row], new ExportNotice(1, 0, null));

        var emitters = (await server.GetAsync($"/api/emitters?{Day}")).GetProperty("emitters").EnumerateArray().ToDictionary(emitter => emitter.GetProperty("agent").GetString()!);

        Assert.Equal((1, 0), (emitters["goose"].GetProperty("sent").GetProperty("traceExports").GetInt32(), emitters["goose"].GetProperty("sent").GetProperty("logExports").GetInt32()));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, emitters["codex"].GetProperty("sent").ValueKind);
    }

    [Fact]
    public async Task Exports_of_another_service_with_a_longer_name_are_not_an_agents()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Store.Sessions.SaveAsync([Some.Session(), Some.Session("c", agent: "codex")], [], default, TestContext.Current.CancellationToken);
        Send(server, "goose-web");
        Send(server, "codex_exec");
        Send(server, "codex_cli_rs");

        var answer = await server.GetAsync($"/api/emitters?{Day}");

        var emitters = answer.GetProperty("emitters").EnumerateArray().ToDictionary(emitter => emitter.GetProperty("agent").GetString()!);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, emitters["goose"].GetProperty("sent").ValueKind);
        Assert.Equal(2, emitters["codex"].GetProperty("sent").GetProperty("traceExports").GetInt32());
        Assert.Equal((await server.GetAsync("/api/status")).GetProperty("server").GetProperty("started").GetString(), answer.GetProperty("sentSince").GetString());
    }

    [Fact]
    public async Task An_end_before_the_start_is_refused()
    {
        await using var server = await ApiServer.StartAsync();

        Assert.Equal("bad_parameter", (await server.ErrorAsync("/api/emitters?start=2026-03-11T00:00:00Z&end=2026-03-10T00:00:00Z", HttpStatusCode.BadRequest)).Code);
    }

    private static void Send(ApiServer server, string service) => server.Services.GetRequiredService<EmitterActivity>().Record(
        Some.SpanBatch(Some.Span(resource: Some.Resource(service))), (spans, row) => spans.ResourceIndexes[row], new ExportNotice(1, 0, null));
}
