using System.Globalization;
using System.Net;
using System.Text;
using Gander.EndToEnd.Harness;

namespace Gander.EndToEnd.Metrics;

/// <summary>Every acknowledged span is in the counters once, however often the server is killed.</summary>
public sealed class SpanMetricsTests
{
    private static readonly string[] Settings = ["--set", "spanMetrics.flushSeconds=1"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Counters_are_exact_after_kill_9_and_exports_sent_again()
    {
        using var folder = new TempFolder();
        var ports = ServerPorts.Reserve();
        var random = new Random(5);
        var spans = 0;
        for (var round = 0; round < Prerequisite.Rounds(usual: 3, many: 30); round++)
        {
            await using var gander = await GanderProcess.StartAsync(folder.Combine("data"), ports, Cancel, Settings);
            using var http = new HttpClient { BaseAddress = gander.OtlpHttp };
            var dying = Task.Run(
                async () =>
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(500 + random.Next(2_500)), Cancel);
                    await gander.KillAsync();
                },
                Cancel);
            var lost = await SendUntilItDiesAsync(http, round, count => spans += count);
            await dying;

            // Stored or not before the answer was lost: sent again it must be there once.
            await using var next = await GanderProcess.StartAsync(folder.Combine("data"), ports, Cancel, Settings);
            using var again = new HttpClient { BaseAddress = next.OtlpHttp };
            await PostAsync(again, lost.Body);
            spans += lost.Spans;
            await next.KillAsync();
        }

        await using var last = await GanderProcess.StartAsync(folder.Combine("data"), ports, Cancel, Settings);
        var series = await PromQl.EventuallyAsync(last, "traces_span_metrics_calls_total{ServiceName=\"crashing\"}[1h]", found => Total(found) >= spans, Cancel);
        Assert.Equal(spans, Total(series));
        Assert.All(series, one => Assert.Equal(("crashing", one.Labels["SpanName"]), (one.Labels["service_name"], one.Labels["span_name"])));
    }

    private static double Total(IReadOnlyList<PromQlSeries> series) => series.Sum(one => one.Growth);

    private static async Task<(string Body, int Spans)> SendUntilItDiesAsync(HttpClient http, int round, Action<int> acknowledged)
    {
        for (var export = 0; ; export++)
        {
            var count = 1 + (export % 7);
            var body = Body(round, export, count);
            try
            {
                await PostAsync(http, body);
                acknowledged(count);
            }
            catch (HttpRequestException)
            {
                return (body, count);
            }
        }
    }

    private static async Task PostAsync(HttpClient http, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(new Uri("/v1/traces", UriKind.Relative), content, Cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static string Body(int round, int export, int count)
    {
        var now = (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * 100;
        var spans = Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $$$"""
            {"traceId":"{{{round + 1:x16}}}{{{export + 1:x16}}}","spanId":"{{{i + 1:x16}}}","name":"span {{{i % 3}}}","kind":1,"startTimeUnixNano":"{{{now}}}","endTimeUnixNano":"{{{now + 5_000_000}}}"}
            """));
        return $$$"""
            {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"crashing"}}]},"scopeSpans":[{"spans":[{{{string.Join(',', spans)}}}]}]}]}
            """;
    }
}
