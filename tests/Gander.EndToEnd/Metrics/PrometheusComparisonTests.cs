using Gander.EndToEnd.Harness;
using Gander.Load.Comparing;

namespace Gander.EndToEnd.Metrics;

/// <summary>The comparison that performance figures come from: the same samples in a real Prometheus, the same answers.</summary>
public sealed class PrometheusComparisonTests
{
    [Fact]
    public async Task Gander_answers_dashboards_as_Prometheus_does()
    {
        using var folder = new TempFolder();
        var options = new CompareOptions
        {
            Series = 40 * 46,
            Hours = 3,
            Runs = 1,
            LeastAsking = TimeSpan.Zero,
            SettleSeconds = 0,
            Gander = GanderProcess.Assembly(),
            Prometheus = Prerequisite.Program("prometheus"),
            DataDirectory = folder.FullPath,
        };

        var report = await new CompareRun(options, TimeProvider.System).RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(40 * 46 * 180, report.Samples);
        Assert.All(report.Servers, server => Assert.Equal(report.Samples, server.Load!.AcknowledgedRecords));
        Assert.All(report.Queries, query => Assert.True(query is { Series: > 0, Difference: not { IsFew: false } }, $"{query.Query.Name}: {query.Difference}"));
    }
}
