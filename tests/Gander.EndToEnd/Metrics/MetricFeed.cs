using System.Globalization;
using System.Text;
using Gander.EndToEnd.Harness;

namespace Gander.EndToEnd.Metrics;

/// <summary>Half an hour of a counter, a histogram and a gauge of three agents, a point each 15 seconds up to now, sent over OTLP.</summary>
internal static class MetricFeed
{
    /// <summary>Points of each series.</summary>
    public const int Points = 120;

    private const long StepNanos = 15_000_000_000;

    /// <summary>What the counter of an agent grows by each second: 1, 2, 3.</summary>
    public static IReadOnlyList<(string Agent, double PerSecond)> Agents { get; } = [("goose", 1), ("codex", 2), ("claude-code", 3)];

    /// <summary>Sends everything and returns the time of the last point, Unix seconds.</summary>
    public static async Task<long> SendAsync(GanderProcess gander, CancellationToken cancellationToken)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var content = new StringContent(Json(out var lastSeconds), Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri(gander.OtlpHttp, "/v1/metrics"), content, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return lastSeconds;
    }

    private static string Json(out long lastSeconds)
    {
        lastSeconds = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var start = (lastSeconds * 1_000_000_000) - (Points * StepNanos);
        var resources = Agents.Select(entry =>
        {
            var counter = Join(index => $$$"""{"startTimeUnixNano":"{{{start}}}","timeUnixNano":"{{{Time(index)}}}","asDouble":{{{Text(entry.PerSecond * 15 * index)}}},"attributes":[{"key":"gen_ai.request.model","value":{"stringValue":"gpt-4o"}}]}""");
            var gauge = Join(index => $$$"""{"timeUnixNano":"{{{Time(index)}}}","asInt":"{{{index % 5}}}"}""");
            var histogram = Join(index => $$$"""{"startTimeUnixNano":"{{{start}}}","timeUnixNano":"{{{Time(index)}}}","count":"{{{index * 4}}}","sum":{{{Text(index * 1000)}}},"bucketCounts":["{{{index}}}","{{{index * 2}}}","{{{index}}}"],"explicitBounds":[100,500]}""");
            return $$$"""
                {"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"{{{entry.Agent}}}"}}]},"scopeMetrics":[{"metrics":[
                {"name":"demo.tokens","unit":"{token}","description":"Tokens that models used.","sum":{"aggregationTemporality":2,"isMonotonic":true,"dataPoints":[{{{counter}}}]}},
                {"name":"demo.open","description":"Sessions <b>open</b> at the moment.","gauge":{"dataPoints":[{{{gauge}}}]}},
                {"name":"demo.latency","unit":"ms","histogram":{"aggregationTemporality":2,"dataPoints":[{{{histogram}}}]}}]}]}
                """;
        });
        return $$$"""{"resourceMetrics":[{{{string.Join(',', resources)}}}]}""";

        long Time(int index) => start + (index * StepNanos);
    }

    private static string Join(Func<int, string> point) => string.Join(',', Enumerable.Range(1, Points).Select(point));

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
