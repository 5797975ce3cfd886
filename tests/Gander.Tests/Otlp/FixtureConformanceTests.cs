using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Gander.Telemetry;
using Gander.Tests.Conformance;
using Gander.Tests.Stores;

namespace Gander.Tests.Otlp;

/// <summary>Replays what real agents sent, over the transport and with the headers and compression they used.</summary>
[Trait("Category", "Conformance")]
public sealed class FixtureConformanceTests(ConformanceReport report)
{
    private static readonly string[] OwnHeaders = ["host", "content-length", "content-type", "content-encoding", "connection", "te", "grpc-timeout", "transfer-encoding", "authorization"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_captured_export_of_every_agent_is_stored_whole()
    {
        foreach (var agent in SharedData.Scenarios().GroupBy(scenario => scenario.Agent))
        {
            var cases = report.Folder(agent.Key);
            foreach (var scenario in agent)
            {
                await cases.CheckAsync($"{scenario.Agent}/{scenario.Name}", () => CheckAsync(scenario));
            }

            cases.AssertAllPassed();
        }
    }

    private static async Task CheckAsync(FixtureScenario scenario)
    {
        var metrics = new RecordingMetricStore();
        await using var server = await OtlpServer.StartAsync(new InMemoryStore(metrics: metrics));
        using var client = new HttpClient();
        foreach (var request in scenario.Requests)
        {
            var before = CountStored(server, metrics);
            await (request.IsGrpc ? SendGrpcAsync(client, server.Grpc, request) : SendHttpAsync(client, server.Http, request));
            var after = CountStored(server, metrics);

            foreach (var (name, got) in new[] { ("spans", after.Spans - before.Spans), ("log_records", after.Logs - before.Logs), ("data_points", after.Points - before.Points) })
            {
                if (request.Entry.TryGetProperty(name, out var expected))
                {
                    Assert.Equal((request.BodyPath, expected.GetInt32()), (request.BodyPath, got));
                }
            }
        }

        if (scenario.Manifest.TryGetProperty("telemetry", out var telemetry))
        {
            var total = CountStored(server, metrics);
            Assert.Equal(
                (Count(telemetry, "spans"), Count(telemetry, "log_records"), Count(telemetry, "metric_points")),
                (total.Spans, total.Logs, total.Points));
        }
    }

    private static int Count(JsonElement telemetry, string name) => telemetry.TryGetProperty(name, out var value) ? value.GetInt32() : 0;

    private static (int Spans, int Logs, int Points) CountStored(OtlpServer server, RecordingMetricStore metrics)
    {
        var status = server.Store.Status().Signals;
        return ((int)status.Single(signal => signal.Signal == Signal.Traces).Records, (int)status.Single(signal => signal.Signal == Signal.Logs).Records, metrics.Points.Count);
    }

    private static async Task SendHttpAsync(HttpClient client, Uri server, FixtureRequest request)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(server, request.RequestPath));
        message.Content = new ByteArrayContent(request.ReadBody());
        AddHeaders(message, request);

        using var response = await client.SendAsync(message, Cancel);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(request.ContentType, response.Content.Headers.ContentType?.MediaType);
        var answer = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer is "" or "{}", answer);
    }

    private static async Task SendGrpcAsync(HttpClient client, Uri server, FixtureRequest request)
    {
        var body = request.ReadBody();
        var framed = new byte[body.Length + 5];
        framed[0] = request.ContentEncoding is null ? (byte)0 : (byte)1;
        BinaryPrimitives.WriteUInt32BigEndian(framed.AsSpan(1), (uint)body.Length);
        body.CopyTo(framed, 5);
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(server, request.RequestPath))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(framed),
        };
        AddHeaders(message, request);
        message.Headers.TE.ParseAdd("trailers");

        using var response = await client.SendAsync(message, Cancel);
        var answer = await response.Content.ReadAsByteArrayAsync(Cancel);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("0", response.TrailingHeaders.GetValues("grpc-status").Single());
        Assert.Equal(new byte[5], answer);
    }

    private static void AddHeaders(HttpRequestMessage message, FixtureRequest request)
    {
        message.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(request.ContentType);
        if (request.ContentEncoding is { } encoding && !request.IsGrpc)
        {
            message.Content.Headers.ContentEncoding.Add(encoding);
        }

        foreach (var header in request.Entry.GetProperty("headers").EnumerateObject().Where(header => !OwnHeaders.Contains(header.Name, StringComparer.OrdinalIgnoreCase)))
        {
            Assert.True(message.Headers.TryAddWithoutValidation(header.Name, header.Value.GetString()), header.Name);
        }
    }
}
