using Gander.EndToEnd.Harness;

namespace Gander.EndToEnd.Metrics;

/// <summary>The counters of a real goose are found once, whether it sends metrics or only logs.</summary>
public sealed class GooseCountersTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Counters_in_logs_count_where_no_metrics_came_and_only_there()
    {
        Prerequisite.Goose();
        using var folder = new TempFolder();
        await using var model = await FakeModel.StartAsync(Cancel);
        await using var gander = await GanderProcess.StartAsync(
            folder.Combine("data"), Cancel, "--set", "logMetrics.flushSeconds=1", "--set", "logMetrics.holdSeconds=20");
        using var goose = new Goose(model, gander);

        Assert.Equal(0, await goose.RunAsync("scenario:tool please", Cancel));
        await PromQl.EventuallyAsync(gander, "goose_session_duration_ms", series => series.Count > 0, Cancel);

        // The logs of this run wait, and are dropped; those of the next count, as it sends no metrics.
        Assert.Equal(0, await goose.With(("OTEL_METRICS_EXPORTER", "none"), ("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment=quiet")).RunAsync("scenario:tool please", Cancel));
        await PromQl.EventuallyAsync(gander, "goose_tool_calls_total{gander_source=\"logs\"}", series => series.Count > 0, Cancel);

        foreach (var (name, growth) in new[] { ("goose_tool_calls_total", 1), ("goose_session_tokens", 0) })
        {
            var series = await PromQl.AskAsync(gander, $"{name}[10m]", Cancel);
            Assert.Equal(["", "logs"], series.Select(one => one.Labels.GetValueOrDefault("gander_source", "")).Order());
            Assert.True(series[0].Growth > 0 && series[0].Growth == series[1].Growth && (growth == 0 || series[0].Growth == growth), string.Join('\n', series));
        }
    }
}
