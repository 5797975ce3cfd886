using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Tests.Stores.Metrics;

/// <summary>The fast way to decode samples, which leaves out what most series do not need, against the one that does everything.</summary>
public sealed class EncodedSamplesTests : IAsyncLifetime
{
    private const long Second = 1_000_000_000;
    private const int Points = 700;

    private static readonly long Noon = Some.Instant("2026-03-10T12:00Z");
    private static readonly int[] Ids = [1, 2, 3, 4];

    private readonly DuckDbMetricFolder _folder = new(TimeProvider.System);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _folder.OpenAsync();

    public ValueTask DisposeAsync() => _folder.DisposeAsync();

    [Fact]
    public async Task Both_ways_give_the_same_of_any_range_of_files_and_memory()
    {
        // Whole chunks in a file, more than a chunk in memory, and points that are in no chunk yet.
        await WriteAsync(0, 300);
        await _folder.Store.CutAsync(Cancel);
        await WriteAsync(300, Points);

        foreach (var (from, to) in ((int, int)[])[(-5, 1_000), (0, 1), (10, 250), (239, 241), (120, 699), (450, 600), (299, 301), (800, 900)])
        {
            await CompareAsync(new TimeRange(Noon + (from * Second), Noon + (to * Second) + 1));
        }
    }

    [Fact]
    public async Task Chunks_of_a_format_without_metrics_are_read_and_added_to()
    {
        await WriteAsync(0, 10);
        await _folder.Store.CutAsync(Cancel);
        await _folder.AlterAsync("ALTER TABLE {0}.chunks DROP COLUMN metric", "UPDATE {0}.format SET version = 1");

        await WriteAsync(10, 20);
        await _folder.Store.CutAsync(Cancel);
        await _folder.ReopenAsync();

        Assert.Empty(_folder.Store.Problems());
        using var encoded = await _folder.Store.OpenSamplesAsync(Ids, TimeRange.All, Cancel);
        Assert.All(Ids, id => Assert.Equal(20, encoded.MostSamples(id - 1)));
    }

    private Task WriteAsync(int from, int to)
    {
        var points = new List<PointRecord>();
        for (var i = from; i < to; i++)
        {
            foreach (var (tool, value) in ((string, AttributeValue)[])[("int", AttributeValue.Of(i / 3L)), ("decimal", AttributeValue.Of(i / 8.0)), ("odd", AttributeValue.Of(Math.Sin(i))), ("wide", AttributeValue.Of(long.MaxValue / (i + 1)))])
            {
                points.Add(new PointRecord { TimeNanos = Noon + (i * Second), Value = value, Flags = i % 50 == 7 ? 1u : 0, Attributes = Some.Attributes(("tool_name", tool)) });
            }
        }

        return _folder.Store.WriteAsync([PointRecord.Batch(points)], Cancel);
    }

    private async Task CompareAsync(TimeRange range)
    {
        using var encoded = await _folder.Store.OpenSamplesAsync(Ids, range, Cancel);
        using var samples = new SampleBuffer(100_000);
        encoded.Read([0, 1, 2, 3], samples, Cancel);
        for (var position = 0; position < Ids.Length; position++)
        {
            var (times, values) = (new long[encoded.MostSamples(position)], new double[encoded.MostSamples(position)]);
            var count = encoded.TryRead(position, times, values);

            var run = samples.Run(position);
            Assert.Equal(samples.Times.AsSpan(run.Start, run.Count).ToArray().Select(nanos => nanos / 1_000_000), times.Take(count));
            Assert.Equal(
                samples.Values.AsSpan(run.Start, run.Count).ToArray().Select(BitConverter.DoubleToInt64Bits),
                values.Take(count).Select(BitConverter.DoubleToInt64Bits));
        }
    }
}
