using Gander.Ingest.Derived;
using Gander.Ingest.Derived.Spans;
using Gander.Stores;
using Gander.Telemetry;
using Gander.Tests.Stores;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gander.Tests.Ingest.Derived;

/// <summary>Each stored export is counted once, whatever happens in between.</summary>
public sealed class DerivationTests
{
    private const string Calls = "traces.span.metrics.calls";

    private readonly ManualTime _time = new("2026-03-10T12:00Z");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_crash_left_uncounted_is_counted_after_the_next_start()
    {
        var store = new InMemoryStore(_time);
        var crashed = await StartAsync(store);
        await ExportAsync(store, crashed, 3);
        await FlushAsync(crashed);
        await ExportAsync(store, crashed, 4);
        await StoreAsync(store, 2);

        await using var next = await StartAsync(store);
        await ExportAsync(store, next, 1);
        await FlushAsync(next);

        Assert.Equal(10, await DerivedPoints.TotalAsync(store.Metrics, Calls));
    }

    [Fact]
    public async Task A_second_crash_before_anything_was_written_changes_nothing()
    {
        var store = new InMemoryStore(_time);
        await ExportAsync(store, await StartAsync(store), 3);
        await ExportAsync(store, await StartAsync(store), 4);

        await using var last = await StartAsync(store);
        await FlushAsync(last);
        await FlushAsync(last);

        Assert.Equal(7, await DerivedPoints.TotalAsync(store.Metrics, Calls));
    }

    [Fact]
    public async Task Spans_from_before_anything_was_counted_are_left_alone()
    {
        var store = new InMemoryStore(_time);
        await StoreAsync(store, 5);

        await using var first = await StartAsync(store);
        await ExportAsync(store, first, 1);
        await FlushAsync(first);

        Assert.Equal(1, await DerivedPoints.TotalAsync(store.Metrics, Calls));
    }

    [Fact]
    public async Task Stopping_writes_the_last_points()
    {
        var store = new InMemoryStore(_time);
        await using (var derivation = await StartAsync(store))
        {
            await FlushAsync(derivation);
            await ExportAsync(store, derivation, 2);
        }

        await using var again = await StartAsync(store);
        await FlushAsync(again);

        Assert.Equal(2, await DerivedPoints.TotalAsync(store.Metrics, Calls));
    }

    [Fact]
    public async Task A_write_that_fails_is_made_good_by_the_next()
    {
        var metrics = new InMemoryMetricStore();
        var store = new InMemoryStore(_time, metrics: metrics);
        await using var derivation = await StartAsync(store);
        await ExportAsync(store, derivation, 2);

        metrics.Fails = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => FlushAsync(derivation));
        metrics.Fails = false;
        await FlushAsync(derivation);

        Assert.Equal(2, await DerivedPoints.TotalAsync(store.Metrics, Calls));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Any_order_of_exports_rounds_failures_and_crashes_counts_each_span_once(int seed)
    {
        var random = new Random(seed);
        var metrics = new InMemoryMetricStore();
        var store = new InMemoryStore(_time, metrics: metrics);
        var derivation = await StartAsync(store);
        var spans = 0;
        for (var step = 0; step < 300; step++)
        {
            var count = 1 + random.Next(5);
            switch (random.Next(6))
            {
                case 0:
                    derivation = await StartAsync(store);
                    break;
                case 1:
                    await derivation.DisposeAsync();
                    derivation = await StartAsync(store);
                    break;
                case 2:
                    metrics.Fails = true;
                    await Record.ExceptionAsync(() => FlushAsync(derivation));
                    metrics.Fails = false;
                    break;
                case 3:
                    await FlushAsync(derivation);
                    break;
                case 4:
                    // Stored, and the process dies before anyone is told.
                    await StoreAsync(store, count);
                    spans += count;
                    derivation = await StartAsync(store);
                    break;
                default:
                    await ExportAsync(store, derivation, count);
                    spans += count;
                    break;
            }
        }

        await derivation.DisposeAsync();
        Assert.Equal(spans, await DerivedPoints.TotalAsync(store.Metrics, Calls));
    }

    [Fact]
    public async Task Points_of_one_series_never_share_a_time()
    {
        var store = new InMemoryStore(_time);
        await using var derivation = await StartAsync(store);
        for (var i = 0; i < 3; i++)
        {
            await ExportAsync(store, derivation, 1);
            await derivation.FlushAsync(Cancel);
        }

        Assert.Equal(3, (await DerivedPoints.ReadAsync(store.Metrics, Calls)).Select(point => point.TimeNanos / 1_000_000).Distinct().Count());
    }

    private static Task<WriteOutcome> StoreAsync(ITelemetryStore store, int spans) =>
        store.Spans.WriteAsync([Some.SpanBatch(Enumerable.Range(0, spans).Select(i => Some.Span($"span {i}")))], Cancel);

    private static async Task ExportAsync(ITelemetryStore store, Derivation<SpanBatch> derivation, int spans)
    {
        using var batch = Some.SpanBatch(Enumerable.Range(0, spans).Select(i => Some.Span($"span {i}")));
        derivation.Observe(batch, (await store.Spans.WriteAsync([batch], Cancel)).Sequence);
    }

    private async Task FlushAsync(Derivation<SpanBatch> derivation)
    {
        _time.Advance(TimeSpan.FromSeconds(15));
        await derivation.FlushAsync(Cancel);
    }

    private async Task<Derivation<SpanBatch>> StartAsync(ITelemetryStore store)
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        var derivation = new Derivation<SpanBatch>(
            new SpanMetrics(new SpanMetricsOptions()),
            (exports, cancellationToken) => store.Spans.ReadExportsAsync(exports, RecordDetail.Attributes, cancellationToken),
            store.Metrics,
            _time,
            TimeSpan.FromHours(1),
            NullLogger.Instance);
        await derivation.StartAsync(store.Spans.LastSequence, Cancel);
        return derivation;
    }
}
