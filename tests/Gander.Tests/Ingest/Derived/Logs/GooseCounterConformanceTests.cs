using Gander.Ingest.Derived;
using Gander.Ingest.Derived.Logs;
using Gander.Otlp;
using Gander.Telemetry;
using Gander.Tests.Conformance;
using Gander.Tests.Stores;
using Gander.Tests.Stores.Metrics;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gander.Tests.Ingest.Derived.Logs;

/// <summary>Counters in the logs of real goose runs against the metrics that the same runs sent.</summary>
[Trait("Category", "Conformance")]
public sealed class GooseCounterConformanceTests(ConformanceReport report)
{
    [Fact]
    public async Task Logs_add_up_to_the_metrics_of_the_same_run_and_are_dropped_beside_them()
    {
        var cases = report.Folder("goose-log-counters");
        var compared = 0;
        foreach (var scenario in SharedData.Scenarios().Where(scenario => scenario.Agent == "goose"))
        {
            await cases.CheckAsync($"goose/{scenario.Name}", async () =>
            {
                var native = Totals(Points(scenario));
                var alone = await DeriveAsync(scenario, new InMemoryMetricStore());
                var metrics = new InMemoryMetricStore();
                await metrics.WriteAsync([PointRecord.Batch(Points(scenario))], TestContext.Current.CancellationToken);
                var beside = await DeriveAsync(scenario, metrics);

                compared += native.Keys.Count(alone.ContainsKey);
                Assert.DoesNotContain(beside, total => native.ContainsKey(total.Key));
                Assert.Equal(native.Where(total => alone.ContainsKey(total.Key)).OrderBy(total => total.Key), alone.Where(total => native.ContainsKey(total.Key)).OrderBy(total => total.Key));
            });
        }

        cases.AssertAllPassed();
        Assert.True(compared > 0, "no captured run had a counter both in its logs and as a metric");
    }

    private static List<PointRecord> Points(FixtureScenario scenario)
    {
        var points = new List<PointRecord>();
        foreach (var request in scenario.Requests.Where(request => request.RequestPath.EndsWith("/v1/metrics", StringComparison.Ordinal)))
        {
            using var batch = new MetricBatch();
            batch.Text.Add(request.ReadBody().AsSpan());
            OtlpProtobufDecoder.Decode(batch, Context());
            points.AddRange(PointRecord.ReadAll(batch));
        }

        return points;
    }

    // The end of each stream; of deltas, all of them.
    private static SortedDictionary<string, double> Totals(IReadOnlyList<PointRecord> points) => new(
        points.GroupBy(point => (point.Series, Start: point.Temporality == Temporality.Delta ? point.TimeNanos : point.StartNanos))
            .Select(stream => (stream.First().Name, Value: (double)stream.MaxBy(point => point.TimeNanos)!.Value.Bits))
            .GroupBy(stream => stream.Name)
            .ToDictionary(metric => metric.Key, metric => metric.Sum(stream => stream.Value)),
        StringComparer.Ordinal);

    private static async Task<Dictionary<string, double>> DeriveAsync(FixtureScenario scenario, InMemoryMetricStore metrics)
    {
        var derived = new LogMetrics(new LogMetricsOptions { HoldSeconds = 0 }, metrics, NullLogger.Instance);
        foreach (var request in scenario.Requests.Where(request => request.RequestPath.EndsWith("/v1/logs", StringComparison.Ordinal)))
        {
            using var batch = new LogBatch();
            batch.Text.Add(request.ReadBody().AsSpan());
            OtlpProtobufDecoder.Decode(batch, Context());
            derived.Add(batch);
        }

        using var points = new MetricBatch();
        var moment = new DerivedMoment(1, 1_000_000, 2_000_000);
        derived.Close(points, moment);
        await derived.DecideAsync(points, moment, 0, TestContext.Current.CancellationToken);
        return PointRecord.ReadAll(points).GroupBy(point => point.Name).ToDictionary(metric => metric.Key, metric => metric.Sum(point => point.Value.Double));
    }

    private static DecodeContext Context() => new(new DecodeLimits(), new ResourceCache(), default, long.MaxValue / 2);
}
