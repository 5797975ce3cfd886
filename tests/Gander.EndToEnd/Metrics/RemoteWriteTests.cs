using Gander.EndToEnd.Harness;

namespace Gander.EndToEnd.Metrics;

/// <summary>A real Prometheus scrapes Gander and pushes what it scraped back by remote write.</summary>
public sealed class RemoteWriteTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_Prometheus_pushes_can_be_queried_and_survives_a_crash()
    {
        Prerequisite.Program("prometheus");
        using var folder = new TempFolder();
        var ports = ServerPorts.Reserve();
        double stored;
        await using (var gander = await GanderProcess.StartAsync(folder.Combine("data"), ports, Cancel))
        {
            await using var prometheus = await PrometheusProcess.StartAsync(folder, Configuration(gander), Cancel);

            var up = await PromQl.EventuallyAsync(gander, "count_over_time(up{job=\"gander\"}[5m])", series => series.Count == 1 && series[0].Values[0] >= 3, Cancel);
            Assert.Equal(("end-to-end", gander.Pages.Authority), (up[0].Labels["cluster"], up[0].Labels["instance"]));

            var taken = await PromQl.EventuallyAsync(gander, "gander_ingest_records_total{signal=\"metrics\"}", series => series.Count == 1 && series[0].Values[0] > 0, Cancel);
            Assert.Equal("metrics", taken[0].Labels["signal"]);
            Assert.NotEmpty(await PromQl.AskAsync(gander, "histogram_quantile(0.9, gander_ingest_commit_duration_seconds_bucket)", Cancel));

            var help = await Eventually.GetAsync(
                () => gander.GetAsync("/api/v1/metadata?metric=gander_store_series", Cancel),
                answer => answer.GetProperty("data").TryGetProperty("gander_store_series", out _),
                TimeSpan.FromSeconds(60),
                "Metadata of a pushed metric",
                Cancel);
            Assert.Equal("gauge", help.GetProperty("data").Items("gander_store_series")[0].Text("type"));

            await prometheus.StopAsync(Cancel);
            stored = await CountAsync(gander);
            await gander.KillAsync();
        }

        await using var again = await GanderProcess.StartAsync(folder.Combine("data"), ports, Cancel);
        Assert.Equal(stored, await CountAsync(again));
    }

    // A fixed range, so that the answer does not change by itself.
    private static async Task<double> CountAsync(GanderProcess gander) =>
        (await PromQl.AskAsync(gander, "sum(count_over_time({job=\"gander\"}[1h]))", Cancel)).Single().Values[0];

    private static string Configuration(GanderProcess gander) =>
        $"""
        global:
          scrape_interval: 500ms
          external_labels: {"{"} cluster: end-to-end {"}"}
        scrape_configs:
          - job_name: gander
            static_configs: [{"{"} targets: ["{gander.Pages.Authority}"] {"}"}]
        remote_write:
          - url: {new Uri(gander.OtlpHttp, "/api/v1/write")}
            send_exemplars: true
            send_native_histograms: true
            queue_config: {"{"} batch_send_deadline: 500ms {"}"}
            metadata_config: {"{"} send_interval: 1s {"}"}
        """;
}
