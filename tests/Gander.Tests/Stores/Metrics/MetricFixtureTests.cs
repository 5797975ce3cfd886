using System.IO.Compression;
using Gander.Stores;
using Gander.Telemetry;
using Gander.Tests.Conformance;
using Gander.Tests.Otlp;

namespace Gander.Tests.Stores.Metrics;

/// <summary>What real agents sent as metrics is read back as it was sent, from memory and from chunks.</summary>
[Trait("Category", "Conformance")]
public sealed class MetricFixtureTests(ConformanceReport report)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_captured_metric_is_read_back_as_it_was_sent()
    {
        foreach (var agent in SharedData.Scenarios().GroupBy(scenario => scenario.Agent))
        {
            var cases = report.Folder(agent.Key);
            await cases.CheckAsync($"{agent.Key}: metrics of all scenarios", () => CheckAsync(agent));
            cases.AssertAllPassed();
        }
    }

    private static async Task CheckAsync(IEnumerable<FixtureScenario> scenarios)
    {
        var time = new ManualTime("2026-11-23T12:00Z");
        var plain = new InMemoryMetricStore(time);
        await using var folder = new DuckDbMetricFolder(time);
        await folder.OpenAsync();
        foreach (var request in scenarios.SelectMany(scenario => scenario.Requests).Where(request => request.Signal == "metrics"))
        {
            using var batch = Decoding.Metrics(Unpack(request), request.ContentType.Contains("json", StringComparison.Ordinal));
            await plain.WriteAsync([batch], Cancel);
            var outcome = await folder.Store.WriteAsync([batch], Cancel);
            Assert.Empty(outcome.Refusals);
        }

        await AssertEqualAsync(plain, folder.Store);
        await folder.Store.CutAsync(Cancel);
        await folder.ReopenAsync();
        await AssertEqualAsync(plain, folder.Store);
    }

    private static async Task AssertEqualAsync(IMetricStore plain, IMetricStore store)
    {
        Assert.Equal(await MetricPoints.ReadAllAsync(plain, TimeRange.All, Cancel), await MetricPoints.ReadAllAsync(store, TimeRange.All, Cancel));
        Assert.Equal(await MetricPoints.ReadSamplesAsync(plain, TimeRange.All, Cancel), await MetricPoints.ReadSamplesAsync(store, TimeRange.All, Cancel));
    }

    private static byte[] Unpack(FixtureRequest request)
    {
        if (request.ContentEncoding is null)
        {
            return request.ReadBody();
        }

        using var unpacked = new MemoryStream();
        using var gzip = new GZipStream(new MemoryStream(request.ReadBody()), CompressionMode.Decompress);
        gzip.CopyTo(unpacked);
        return unpacked.ToArray();
    }
}
