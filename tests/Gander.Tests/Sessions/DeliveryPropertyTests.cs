using CsCheck;
using Gander.Telemetry;
using Gander.Tests.Conformance;
using Gander.Tests.Stores;
using Gander.Tests.Stores.Metrics;

namespace Gander.Tests.Sessions;

/// <summary>However telemetry arrives, the sessions are the same.</summary>
public sealed class DeliveryPropertyTests
{
    // Hundreds of traces of one span each, as some agents send them, are more than an index of so little memory remembers.
    private const int MaxRecordsInSmallMemory = 150;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Order_splits_and_repetitions_do_not_matter_to_the_fold()
    {
        var scenarios = Scenarios();

        Gen.Int[0, scenarios.Count - 1].Select(Gen.Int).Sample(
            (which, seed) =>
            {
                var (_, batches, expected) = scenarios[which];
                return SummaryText.Of(Folding.All(Scatter(batches, new Random(seed))).Select(session => session.Summary)) == expected;
            },
            iter: 300,
            print: sample => $"{scenarios[sample.Item1].Name} with seed {sample.Item2}");
    }

    [Fact]
    public async Task Order_splits_repetitions_and_crashes_do_not_matter_to_the_index()
    {
        var random = new Random(20261122);
        foreach (var (name, batches, expected) in Scenarios())
        {
            var seed = random.Next();
            var actual = await IndexAsync(batches, new Random(seed));
            Assert.True(expected == actual, $"{name} with seed {seed}:\n{expected}\n{actual}");
        }
    }

    [Fact]
    public async Task A_small_memory_does_not_matter_to_the_index()
    {
        var everything = Scenarios().Select(scenario => scenario.Batches)
            .Where(batches => batches.Sum(batch => batch.Count) <= MaxRecordsInSmallMemory)
            .SelectMany(batches => batches).ToList();
        var expected = SummaryText.Of(Folding.All(everything).Select(session => session.Summary));
        await using var telemetry = new IndexedTelemetry(options: new() { MaxSessionFacts = 200, MaxPendingFacts = 60 });

        foreach (var batch in everything)
        {
            await telemetry.DeliverAsync(batch);
            if (batch is SpanBatch)
            {
                await telemetry.Index.FlushAsync(Cancel);
            }
        }

        Assert.Equal(expected, SummaryText.Of(await telemetry.ListAsync()));
    }

    private static async Task<string> IndexAsync(List<TelemetryBatch> batches, Random random)
    {
        await using var telemetry = new IndexedTelemetry();
        foreach (var batch in Scatter(batches, random))
        {
            await telemetry.DeliverAsync(batch, observed: true);
            switch (random.Next(12))
            {
                case 0: await telemetry.CrashAsync(); break;
                case 1 or 2: await telemetry.Index.FlushAsync(Cancel); break;
                case 3: telemetry.Time.Advance(TimeSpan.FromMinutes(random.Next(40))); break;
            }
        }

        return SummaryText.Of(await telemetry.ListAsync());
    }

    private static List<(string Name, List<TelemetryBatch> Batches, string Expected)> Scenarios() =>
        [.. SharedData.Scenarios()
            .Select(scenario => (Name: $"{scenario.Agent}/{scenario.Name}", Batches: Captured.All(scenario).ToList()))
            .Select(scenario => (scenario.Name, scenario.Batches, SummaryText.Of(Folding.All(scenario.Batches).Select(session => session.Summary))))];

    // Every record at least once, in exports of one to five, in any order.
    private static List<TelemetryBatch> Scatter(List<TelemetryBatch> batches, Random random)
    {
        var spans = batches.OfType<SpanBatch>().SelectMany(SpanRecord.ReadAll).ToList();
        var logs = batches.OfType<LogBatch>().SelectMany(LogRecord.ReadAll).ToList();
        var parts = new List<TelemetryBatch>();
        parts.AddRange(Parts([.. spans, .. spans.Where(_ => random.Next(5) == 0)], random).Select(part => Some.SpanBatch(part)));
        parts.AddRange(Parts([.. logs, .. logs.Where(_ => random.Next(5) == 0)], random).Select(part => Some.LogBatch(part)));
        var points = batches.OfType<MetricBatch>().SelectMany(PointRecord.ReadAll).ToList();
        parts.AddRange(Parts([.. points, .. points.Where(_ => random.Next(5) == 0)], random).Select(part => PointRecord.Batch(part)));
        random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(parts));
        return parts;
    }

    private static IEnumerable<List<T>> Parts<T>(List<T> records, Random random)
    {
        random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(records));
        for (var at = 0; at < records.Count;)
        {
            var count = Math.Min(random.Next(1, 6), records.Count - at);
            yield return records.GetRange(at, count);
            at += count;
        }
    }
}
