using System.Net;
using System.Text.Json;
using Gander.Ingest;
using Gander.Sessions;
using Gander.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Gander.Tests.Api.Live;

public sealed class WatchLiveTests
{
    [Fact]
    public async Task It_tells_who_sent_and_which_sessions_changed()
    {
        await using var server = await ApiServer.StartAsync(configure: options => options.LiveInterval = TimeSpan.FromMilliseconds(50));
        await server.Store.Sessions.SaveAsync([Some.Session("old")], [], default, TestContext.Current.CancellationToken);
        Send(server, Some.GooseResource);
        using var events = await OpenAsync(server);

        var (first, emitters) = await NextAsync(events);
        Send(server, Some.Resource("codex", ("host.name", "laptop")));
        await server.Store.Sessions.SaveAsync([Some.Session("new"), Some.Session("old")], [], default, TestContext.Current.CancellationToken);
        var told = new Dictionary<string, JsonElement>();
        while (told.Count < 2)
        {
            var (name, data) = await NextAsync(events);
            told[name] = data;
        }

        Assert.Equal("emitters", first);
        Assert.Equal(["goose"], emitters.GetProperty("emitters").EnumerateArray().Select(emitter => emitter.GetProperty("service").GetString()));
        Assert.Equal("laptop", told["exports"].GetProperty("host").GetString());
        Assert.Equal(1, told["exports"].GetProperty("exports").GetInt32());
        Assert.Equal(["new"], told["sessions"].GetProperty("keys").EnumerateArray().Select(key => key.GetString()));
    }

    [Fact]
    public async Task It_tells_whose_requests_fail()
    {
        await using var server = await ApiServer.StartAsync(configure: options => options.LiveInterval = TimeSpan.FromMilliseconds(50));
        var activity = server.Services.GetRequiredService<EmitterActivity>();
        activity.RecordFailure("10.0.0.7", "http", "a token is needed");
        using var events = await OpenAsync(server);

        var (_, start) = await NextAsync(events);
        activity.RecordFailure("10.0.0.7", "http", "the body is too large");
        var (name, later) = await NextAsync(events);

        Assert.Equal("a token is needed", start.GetProperty("failures")[0].GetProperty("error").GetString());
        Assert.Equal(JsonValueKind.String, start.GetProperty("now").ValueKind);
        Assert.Equal("failures", name);
        Assert.Equal(("the body is too large", 2), (later.GetProperty("failures")[0].GetProperty("error").GetString(), later.GetProperty("failures")[0].GetProperty("count").GetInt32()));
    }

    [Fact]
    public async Task A_session_that_goes_on_is_told_again()
    {
        await using var server = await ApiServer.StartAsync(configure: options => options.LiveInterval = TimeSpan.FromMilliseconds(50));
        var running = Some.Session("k") with { Status = SessionStatus.Running };
        await server.Store.Sessions.SaveAsync([running], [], default, TestContext.Current.CancellationToken);
        using var events = await OpenAsync(server);
        await NextAsync(events);

        await server.Store.Sessions.SaveAsync([running with { Status = SessionStatus.Ok }], [], default, TestContext.Current.CancellationToken);

        Assert.Equal("sessions", (await NextAsync(events)).Name);
    }

    [Fact]
    public async Task Connections_are_bounded_and_a_place_is_free_again_when_a_client_leaves()
    {
        await using var server = await ApiServer.StartAsync(configure: options => (options.MaxLiveConnections, options.LiveInterval) = (1, TimeSpan.FromMilliseconds(50)));
        using (var first = await OpenAsync(server))
        {
            await NextAsync(first);

            var error = await server.ErrorAsync("/api/live", HttpStatusCode.ServiceUnavailable);

            Assert.Equal("busy", error.Code);
        }

        // Leaving is noticed by the next write at the latest.
        for (var status = HttpStatusCode.ServiceUnavailable; status == HttpStatusCode.ServiceUnavailable;)
        {
            using var response = await server.Client.GetAsync(new Uri("/api/live", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            status = response.StatusCode;
        }
    }

    [Fact]
    public async Task The_stream_ends_when_the_server_stops()
    {
        await using var server = await ApiServer.StartAsync(configure: options => options.LiveInterval = TimeSpan.FromMilliseconds(50));
        using var events = await OpenAsync(server);
        await NextAsync(events);

        server.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        while (await events.ReadLineAsync(TestContext.Current.CancellationToken) is not null)
        {
        }
    }

    private static void Send(ApiServer server, Resource resource)
    {
        var batch = Some.SpanBatch(Some.Span(resource: resource));
        server.Services.GetRequiredService<EmitterActivity>().Record(batch, (spans, row) => spans.ResourceIndexes[row], new ExportNotice(1, 0, null));
    }

    private static async Task<StreamReader> OpenAsync(ApiServer server)
    {
        var response = await server.Client.GetAsync(new Uri("/api/live", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<(string Name, JsonElement Data)> NextAsync(StreamReader events)
    {
        for (var name = ""; ;)
        {
            var line = await events.ReadLineAsync(TestContext.Current.CancellationToken) ?? throw new EndOfStreamException();
            if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                name = line[7..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                using var document = JsonDocument.Parse(line[6..]);
                return (name, document.RootElement.Clone());
            }
        }
    }
}
