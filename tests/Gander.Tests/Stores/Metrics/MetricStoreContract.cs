using System.Globalization;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Tests.Stores.Metrics;

/// <summary>What every metric store promises.</summary>
public abstract class MetricStoreContract : IAsyncLifetime
{
    private static readonly long Noon = Some.Instant("2026-03-10T12:00Z");
    private static readonly long Second = 1_000_000_000;

    protected ManualTime Time { get; } = new("2026-03-10T12:00Z");

    protected IMetricStore Store { get; private set; } = null!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Store = await OpenAsync(Time);

    public abstract ValueTask DisposeAsync();

    protected abstract Task<IMetricStore> OpenAsync(TimeProvider time);

    [Fact]
    public async Task A_point_of_every_kind_is_read_as_it_was_written()
    {
        var points = MetricPoints.OneOfEach(Noon);

        await WriteAsync(points);

        Assert.Equal(points.Select(point => point.Describe()).Order(StringComparer.Ordinal), (await ReadAllAsync()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Samples_come_by_time_in_one_run_a_series()
    {
        await WriteAsync(
            Point(time: 2, value: 20, tool: "shell"),
            Point(time: 1, value: 10, tool: "shell"),
            Point(time: 1, value: 5, tool: "write"));
        var series = await FindAsync();

        using var samples = new SampleBuffer(100);
        await Store.ReadSamplesAsync(new[] { series[1].Id, 999, series[0].Id }, TimeRange.All, samples, Cancel);

        Assert.Equal(3, samples.RunCount);
        Assert.Equal(["1=5"], Run(samples, 0));
        Assert.Empty(Run(samples, 1));
        Assert.Equal(["1=10", "2=20"], Run(samples, 2));
    }

    [Fact]
    public async Task Streams_that_differ_in_their_start_alone_are_one_series_and_lose_no_point()
    {
        await WriteAsync(Point(time: 10, start: 1, value: 1), Point(time: 10, start: 2, value: 2), Point(time: 5, start: 2, value: 3));

        var series = Assert.Single(await FindAsync());
        using var samples = new SampleBuffer(100);
        await Store.ReadSamplesAsync(new[] { series.Id }, TimeRange.All, samples, Cancel);

        Assert.Equal(["5=3", "10=1", "10=2"], Run(samples, 0));
        Assert.Equal([Noon + (2 * Second), Noon + Second, Noon + (2 * Second)], samples.Starts[..samples.Count]);
    }

    [Fact]
    public async Task Of_points_with_the_same_start_and_time_the_last_written_counts()
    {
        await WriteAsync(Point(time: 1, value: 1), Point(time: 1, value: 2));
        await WriteAsync(Point(time: 1, value: 3) with { Value = AttributeValue.Of(3.5) });

        var series = Assert.Single(await FindAsync());
        using var samples = new SampleBuffer(100);
        await Store.ReadSamplesAsync(new[] { series.Id }, TimeRange.All, samples, Cancel);

        Assert.Equal(["1=3.5"], Run(samples, 0));
    }

    [Fact]
    public async Task The_order_of_attributes_does_not_make_another_series()
    {
        await WriteAsync(
            Point(time: 1, value: 1) with { Attributes = Some.Attributes(("a", "1"), ("b", 2)) },
            Point(time: 2, value: 2) with { Attributes = Some.Attributes(("b", 2), ("a", "1")) });

        Assert.Single(await FindAsync());
    }

    [Fact]
    public async Task The_kind_of_an_attribute_makes_another_series()
    {
        await WriteAsync(
            Point(time: 1, value: 1) with { Attributes = Some.Attributes(("a", "1")) },
            Point(time: 1, value: 2) with { Attributes = Some.Attributes(("a", 1)) });

        Assert.Equal(2, (await FindAsync()).Count);
    }

    [Fact]
    public async Task A_point_without_a_recorded_value_is_the_stale_marker()
    {
        await WriteAsync(Point(time: 1, value: 7), Point(time: 2, value: 0) with { Flags = 1, Value = SeriesField.AbsentValue });

        using var samples = new SampleBuffer(100);
        await Store.ReadSamplesAsync(new[] { (await FindAsync())[0].Id }, TimeRange.All, samples, Cancel);

        Assert.Equal(SampleBuffer.StaleBits, BitConverter.DoubleToInt64Bits(samples.Values[1]));
    }

    [Fact]
    public async Task Only_points_inside_the_range_are_read()
    {
        await WriteAsync([.. Enumerable.Range(0, 600).Select(second => Point(time: second, value: second))]);

        using var samples = new SampleBuffer(100);
        await Store.ReadSamplesAsync(new[] { (await FindAsync())[0].Id }, new TimeRange(Noon + (100 * Second), Noon + (103 * Second)), samples, Cancel);

        Assert.Equal(["100=100", "101=101", "102=102"], Run(samples, 0));
    }

    [Fact]
    public async Task A_read_of_more_samples_than_allowed_fails()
    {
        await WriteAsync([.. Enumerable.Range(0, 600).Select(second => Point(time: second, value: second))]);
        var ids = new[] { (await FindAsync())[0].Id };

        using var samples = new SampleBuffer(599);
        using var points = new MetricBatch();

        await Assert.ThrowsAsync<SampleLimitException>(() => Store.ReadSamplesAsync(ids, TimeRange.All, samples, Cancel));
        await Assert.ThrowsAsync<SampleLimitException>(() => Store.ReadPointsAsync(ids, TimeRange.All, points, 599, Cancel));
    }

    [Fact]
    public async Task Series_are_found_by_what_they_are()
    {
        await WriteAsync(
            Point(time: 1, value: 1, tool: "shell"),
            Point(time: 1, value: 1, tool: "write"),
            Point(time: 1, value: 1) with { Name = "other", Resource = Some.Resource("codex") });
        var tool = SeriesField.OfPoint("tool_name");

        Assert.Equal(3, (await FindAsync()).Count);
        Assert.Equal(["shell"], await ToolsAsync(new SeriesMatcher.Equal(tool, AttributeValue.Of("shell"))));
        Assert.Equal(["write", ""], await ToolsAsync(new SeriesMatcher.Where(tool, value => value != AttributeValue.Of("shell"))));
        Assert.Equal([""], await ToolsAsync(new SeriesMatcher.Equal(tool, SeriesField.AbsentValue)));
        Assert.Equal(["shell", "write"], await ToolsAsync(new SeriesMatcher.Equal(SeriesField.Name, AttributeValue.Of("goose.tool_calls"))));
        Assert.Equal([""], await ToolsAsync(new SeriesMatcher.Equal(SeriesField.OfResource("service.name"), AttributeValue.Of("codex"))));
        Assert.Equal(
            ["write"],
            await ToolsAsync(new SeriesMatcher.Equal(SeriesField.ScopeName, AttributeValue.Of("goose")), new SeriesMatcher.Where(tool, value => value.Text.StartsWith('w'))));
    }

    [Fact]
    public async Task Series_without_points_in_the_range_may_be_left_out_and_limits_hold()
    {
        await WriteAsync(Point(time: 1, value: 1, tool: "shell"), Point(time: 100, value: 1, tool: "write"));

        var early = await Store.FindSeriesAsync(new SeriesQuery(new TimeRange(Noon, Noon + (2 * Second)), []), Cancel);
        var first = await Store.FindSeriesAsync(new SeriesQuery(TimeRange.All, [], Limit: 1), Cancel);
        var later = await Store.ReadSeriesAfterAsync(first[0].Id, 10, Cancel);

        Assert.Single(early);
        Assert.Single(first);
        Assert.Equal("write", Assert.Single(later).Attributes[0].Value.Text);
    }

    [Fact]
    public async Task Fields_values_and_metadata_are_listed()
    {
        await WriteAsync(
            Point(time: 1, value: 1, tool: "shell") with { Description = "Tools called" },
            Point(time: 1, value: 1, tool: "write"),
            Point(time: 1, value: 1) with { Name = "load", Unit = "1", Kind = MetricKind.Gauge, Temporality = Temporality.Unspecified, IsMonotonic = false });

        var fields = await Store.ListFieldsAsync(Cancel);
        var values = await Store.ListValuesAsync(SeriesField.OfPoint("tool_name"), new SeriesQuery(TimeRange.All, []), Cancel);
        var metadata = await Store.ListMetadataAsync(null, Cancel);

        Assert.Contains(SeriesField.OfPoint("tool_name"), fields);
        Assert.Contains(SeriesField.OfResource("service.name"), fields);
        Assert.Equal(["shell", "write"], values.Select(value => value.Text).Order(StringComparer.Ordinal));
        Assert.Equal(
            [new("goose.tool_calls", "", MetricKind.Sum, Temporality.Cumulative, true, "Tools called"), new("load", "1", MetricKind.Gauge, Temporality.Unspecified, false, "")],
            metadata.OrderBy(entry => entry.Name, StringComparer.Ordinal));
        Assert.Single(await Store.ListMetadataAsync("load", Cancel));
    }

    [Fact]
    public async Task An_export_sent_again_is_stored_once_within_fifteen_minutes()
    {
        PointRecord[] points = [Point(time: 1, value: 1)];

        var first = await Store.WriteAsync([PointRecord.Batch(points, 1), PointRecord.Batch(points, 1), PointRecord.Batch(points, 2)], Cancel);
        Time.Advance(TimeSpan.FromMinutes(14));
        var again = await Store.WriteAsync([PointRecord.Batch(points, 1), PointRecord.Batch(points)], Cancel);
        Time.Advance(TimeSpan.FromMinutes(2));
        var late = await Store.WriteAsync([PointRecord.Batch(points, 1)], Cancel);

        Assert.Equal([true, false, true], first.Stored);
        Assert.Equal([false, true], again.Stored);
        Assert.Equal([true], late.Stored);
        Assert.Equal([2, 3, 4], new[] { first.Sequence, again.Sequence, late.Sequence });
    }

    [Fact]
    public async Task Samples_that_were_found_are_decoded_as_they_were_then()
    {
        await WriteAsync(Point(time: 1, value: 10, tool: "shell"), Point(time: 2, value: 20, tool: "shell"), Point(time: 1, value: 5, tool: "write"));
        var ids = (await FindAsync()).Select(series => series.Id).ToArray();

        using var encoded = await Store.OpenSamplesAsync(ids, TimeRange.All, Cancel);
        using var samples = new SampleBuffer(100);
        encoded.Read([1, 0], samples, Cancel);

        Assert.Equal((2, "1=5"), (samples.RunCount, Assert.Single(Run(samples, 0))));
        Assert.Equal(["1=10", "2=20"], Run(samples, 1));
        using var small = new SampleBuffer(1);
        Assert.Throws<SampleLimitException>(() => encoded.Read([0], small, Cancel));
    }

    [Fact]
    public async Task Samples_with_a_millisecond_of_their_own_are_decoded_as_they_were_sent()
    {
        var point = Point(time: 1, value: 10, tool: "shell");
        await WriteAsync(
            point,
            Point(time: 2, value: 20, tool: "shell") with { TimeNanos = Noon + (2 * Second) - 1 },
            point with { Attributes = Some.Attributes(("tool_name", "write")) },
            point with { Attributes = Some.Attributes(("tool_name", "write")), TimeNanos = point.TimeNanos + 1 });
        var ids = (await FindAsync()).Select(series => series.Id).ToArray();

        using var encoded = await Store.OpenSamplesAsync(ids, TimeRange.All, Cancel);
        var (times, values) = (new long[encoded.MostSamples(0)], new double[encoded.MostSamples(0)]);

        Assert.Equal(2, encoded.TryRead(0, times, values));
        Assert.Equal([(Noon / 1_000_000) + 1_000, (Noon / 1_000_000) + 1_999], times);
        Assert.Equal([10.0, 20.0], values);
        Assert.Equal(-1, encoded.TryRead(1, times, values));
    }

    [Fact]
    public async Task Histograms_and_summaries_are_read_as_columns()
    {
        await WriteAsync([.. MetricPoints.OneOfEach(Noon), .. MetricPoints.OneOfEach(Noon + Second).Select(point => point with { StartNanos = Noon })]);

        var lines = await MetricPoints.ReadDistributionsAsync(Store, TimeRange.All, Cancel);

        Assert.Equal(
            [
                $"bare histogram {Noon - Second}..{Noon} [] {1.8446744073709552E+19} ",
                $"bare histogram {Noon}..{Noon + Second} [] {1.8446744073709552E+19} ",
                $"histogram {Noon - Second}..{Noon} [0.1 1] 6 1 2 3 1.5",
                $"histogram {Noon}..{Noon + Second} [0.1 1] 6 1 2 3 1.5",
                $"summary {Noon - Second}..{Noon} [0.5 0.99] 3 4.5 1 NaN",
                $"summary {Noon}..{Noon + Second} [0.5 0.99] 3 4.5 1 NaN",
            ],
            lines.Order(StringComparer.Ordinal));
        using var buffer = new DistributionBuffer(10);
        await Assert.ThrowsAsync<SampleLimitException>(async () => await Store.ReadDistributionsAsync((await FindAsync()).Select(series => series.Id).ToArray(), TimeRange.All, buffer, Cancel));
    }

    [Fact]
    public async Task Points_with_exemplars_are_read_without_the_others()
    {
        var points = MetricPoints.OneOfEach(Noon);
        await WriteAsync([.. points, .. points.Select(point => point with { TimeNanos = Noon + Second, Exemplars = [] })]);

        using var batch = new MetricBatch();
        await Store.ReadExemplarsAsync((await FindAsync()).Select(series => series.Id).ToArray(), TimeRange.All, batch, 10, Cancel);

        Assert.Equal(points.Where(point => point.Exemplars.Count > 0).Select(point => point.Describe()), PointRecord.ReadAll(batch).Select(point => point.Describe()));
    }

    [Fact]
    public async Task The_layouts_of_distributions_are_told_in_the_order_they_came()
    {
        var histogram = MetricPoints.OneOfEach(Noon).Single(point => point.Name == "histogram");
        await WriteAsync(histogram, histogram with { TimeNanos = Noon + 1 });
        await WriteAsync(histogram with { TimeNanos = Noon + 2, Histogram = new HistogramRecord(1, null, null, null, [5], [1, 0]) });

        var layouts = await Store.ReadLayoutsAfterAsync(0, 10, Cancel);

        Assert.Equal(["1 1 0.1 1", "2 1 5"], layouts.Select(layout => string.Create(CultureInfo.InvariantCulture, $"{layout.Sequence} {layout.SeriesId} {string.Join(' ', layout.Values.Select(value => value.ToString(CultureInfo.InvariantCulture)))}")));
        Assert.Equal(2, Assert.Single(await Store.ReadLayoutsAfterAsync(1, 10, Cancel)).Sequence);
        Assert.Single(await Store.ReadLayoutsAfterAsync(0, 1, Cancel));
        Assert.Equal(2, Store.ReadState().LastLayout);
    }

    [Fact]
    public async Task It_is_known_when_a_series_has_points_and_whether_streams_ran_in_parallel()
    {
        await WriteAsync(
            Point(time: 10, value: 1, start: 5, tool: "one after the other"),
            Point(time: 30, value: 1, start: 20, tool: "one after the other"),
            Point(time: 10, value: 1, start: 5, tool: "parallel"),
            Point(time: 30, value: 1, start: 9, tool: "parallel"));

        var activity = new SeriesActivity[3];
        Store.ReadActivity([1, 2, 99], activity);

        Assert.Equal(
            [
                new SeriesActivity(Noon + (10 * Second), Noon + (30 * Second), false),
                new SeriesActivity(Noon + (10 * Second), Noon + (30 * Second), true),
                new SeriesActivity(long.MaxValue, long.MinValue, false),
            ],
            activity);
        Assert.Equal((2, 2, Noon + (10 * Second), Noon + (30 * Second)), (Store.ReadState().Series, Store.ReadState().LastSeriesId, Store.ReadState().OldestNanos, Store.ReadState().NewestNanos));
    }

    protected static PointRecord Point(long time, double value, long start = 0, string? tool = null) => new()
    {
        TimeNanos = Noon + (time * Second),
        StartNanos = start == 0 ? 0 : Noon + (start * Second),
        Value = AttributeValue.Of((long)value),
        Attributes = tool is null ? [] : Some.Attributes(("tool_name", tool)),
    };

    protected static IReadOnlyList<string> Run(SampleBuffer samples, int index)
    {
        var rows = samples.Run(index);
        return [.. Enumerable.Range(rows.Start, rows.Count).Select(row => string.Create(CultureInfo.InvariantCulture, $"{(samples.Times[row] - Noon) / Second}={samples.Values[row]}"))];
    }

    protected Task<WriteOutcome> WriteAsync(params IReadOnlyList<PointRecord> points) => Store.WriteAsync([PointRecord.Batch(points)], Cancel);

    protected Task<IReadOnlyList<MetricSeries>> FindAsync(params SeriesMatcher[] matchers) => Store.FindSeriesAsync(new SeriesQuery(TimeRange.All, matchers), Cancel);

    protected Task<IReadOnlyList<string>> ReadAllAsync() => MetricPoints.ReadAllAsync(Store, TimeRange.All, Cancel);

    private async Task<IReadOnlyList<string>> ToolsAsync(params SeriesMatcher[] matchers) =>
        [.. (await FindAsync(matchers)).Select(series => series[SeriesField.OfPoint("tool_name")].Text)];
}
