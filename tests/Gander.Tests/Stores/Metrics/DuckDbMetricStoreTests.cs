using System.Globalization;
using CsCheck;
using Gander.Storage.DuckDb.Metrics;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Tests.Stores.Metrics;

public sealed class DuckDbMetricStoreTests : MetricStoreContract
{
    private static readonly long Noon = Some.Instant("2026-03-10T12:00Z");

    private static readonly int[] FirstTwo = [1, 2];

    private DuckDbMetricFolder _folder = null!;

    public override ValueTask DisposeAsync() => _folder.DisposeAsync();

    protected override async Task<IMetricStore> OpenAsync(TimeProvider time)
    {
        _folder = new DuckDbMetricFolder(time);
        return await _folder.OpenAsync();
    }

    [Fact]
    public async Task Points_survive_a_restart_before_and_after_a_cut()
    {
        var points = MetricPoints.OneOfEach(Noon);
        var expected = points.Select(point => point.Describe()).Order(StringComparer.Ordinal).ToList();
        await WriteAsync(points);

        await _folder.ReopenAsync();
        Assert.Equal(expected, (await StoredAsync()).Order(StringComparer.Ordinal));
        await _folder.Store.CutAsync(Cancel);
        Assert.Equal(expected, (await StoredAsync()).Order(StringComparer.Ordinal));
        await _folder.ReopenAsync();
        Assert.Equal(expected, (await StoredAsync()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Exemplars_are_found_in_chunks_as_in_memory()
    {
        var points = MetricPoints.OneOfEach(Noon).Where(point => point.Name is "histogram" or "double").ToList();
        await WriteAsync(points);
        await _folder.Store.CutAsync(Cancel);

        using var batch = new MetricBatch();
        await _folder.Store.ReadExemplarsAsync(FirstTwo, TimeRange.All, batch, 10, Cancel);

        Assert.Equal(points.Where(point => point.Name == "histogram").Select(point => point.Describe()), PointRecord.ReadAll(batch).Select(point => point.Describe()));
    }

    [Fact]
    public async Task A_cut_deletes_the_log_behind_it()
    {
        await WriteAsync([.. Enumerable.Range(0, 1000).Select(second => Point(time: second, value: second))]);
        var before = _folder.Segments[0];

        await _folder.Store.CutAsync(Cancel);

        Assert.DoesNotContain(before, _folder.Segments);
        Assert.Equal(1000, _folder.Store.Status().Records);
    }

    [Fact]
    public async Task Points_written_an_hour_ago_are_cut_by_the_next_write()
    {
        await WriteAsync(Point(time: 1, value: 1));
        Time.Advance(TimeSpan.FromHours(1));

        await WriteAsync(Point(time: 2, value: 2));
        await _folder.ReopenAsync();

        Assert.Equal(1, _folder.Store.Status().Files);
        Assert.Equal(2, (await StoredAsync()).Count);
    }

    [Fact]
    public async Task A_log_left_by_a_crash_after_the_commit_of_its_cut_is_not_read_again()
    {
        await WriteAsync(Point(time: 1, value: 1));
        await WriteAsync(Point(time: 1, value: 2));
        var segment = _folder.Segments[^1];
        var left = await File.ReadAllBytesAsync(segment, Cancel);
        await _folder.Store.CutAsync(Cancel);
        await WriteAsync(Point(time: 1, value: 3));
        await _folder.Store.CutAsync(Cancel);
        await _folder.CloseAsync();
        await File.WriteAllBytesAsync(segment, left, Cancel);

        await _folder.OpenAsync();

        Assert.Equal([Point(time: 1, value: 3).Describe()], await StoredAsync());
        Assert.DoesNotContain(segment, _folder.Segments);
    }

    [Fact]
    public async Task A_torn_write_at_the_end_of_the_log_is_left_out()
    {
        await WriteAsync(Point(time: 1, value: 1));
        await WriteAsync(Point(time: 2, value: 2));
        var segment = _folder.Segments[^1];
        await _folder.CloseAsync();
        await using (var file = new FileStream(segment, FileMode.Open))
        {
            file.SetLength(file.Length - 3);
        }

        await _folder.OpenAsync();

        Assert.Equal([Point(time: 1, value: 1).Describe()], await StoredAsync());
        Assert.Empty(_folder.Store.Problems());
    }

    [Fact]
    public async Task A_log_cut_off_anywhere_gives_the_writes_before_that_place()
    {
        var ends = new List<(long Length, IReadOnlyList<string> Points)> { (0, []) };
        for (var i = 0; i < 12; i++)
        {
            await WriteAsync(Point(time: i, value: i, tool: $"t{i / 3}"), Point(time: 0, value: i, tool: "same"));
            ends.Add((new FileInfo(_folder.Segments[^1]).Length, await StoredAsync()));
        }

        var segment = _folder.Segments[^1];
        await _folder.CloseAsync();
        var whole = await File.ReadAllBytesAsync(segment, Cancel);
        for (var length = whole.Length; length > 0; length -= 37)
        {
            foreach (var other in _folder.Segments)
            {
                File.Delete(other);
            }

            await File.WriteAllBytesAsync(segment, whole[..length], Cancel);
            await _folder.OpenAsync();

            Assert.Equal(ends.Last(end => end.Length <= length).Points, await StoredAsync());
            Assert.Empty(_folder.Store.Problems());
            await _folder.CloseAsync();
        }

        await _folder.OpenAsync();
    }

    [Fact]
    public async Task A_full_disk_refuses_writes_whole_and_heals()
    {
        await _folder.CloseAsync();
        await _folder.OpenAsync(new MetricStoreOptions { MaxSegmentBytes = 1 });
        await _folder.Store.WriteAsync([PointRecord.Batch([Point(time: 1, value: 1, tool: "a")])], Cancel);
        var next = long.Parse(Path.GetFileNameWithoutExtension(_folder.Segments[^1]), CultureInfo.InvariantCulture) + 1;
        var full = Path.Combine(_folder.LogFolder, next.ToString("d10", CultureInfo.InvariantCulture) + ".log");
        Assert.SkipUnless(File.Exists("/dev/full"), "only Linux has a device that is always full");
        File.CreateSymbolicLink(full, "/dev/full");

        await Assert.ThrowsAsync<StoreUnavailableException>(() => _folder.Store.WriteAsync([PointRecord.Batch([Point(time: 2, value: 2, tool: "b")], 5)], Cancel));
        Assert.False(_folder.Store.Status().AcceptsWrites);
        Assert.Single(_folder.Store.Problems());
        Assert.Equal([Point(time: 1, value: 1, tool: "a").Describe()], await StoredAsync());

        File.Delete(full);
        var healed = await _folder.Store.WriteAsync([PointRecord.Batch([Point(time: 2, value: 2, tool: "b")], 5)], Cancel);
        await _folder.ReopenAsync();

        Assert.Equal([true], healed.Stored);
        Assert.Empty(_folder.Store.Problems());
        Assert.Equal([Point(time: 1, value: 1, tool: "a").Describe(), Point(time: 2, value: 2, tool: "b").Describe()], await StoredAsync());
    }

    [Fact]
    public async Task A_cut_that_fails_keeps_the_points_and_is_done_later()
    {
        await WriteAsync(Point(time: 1, value: 1));
        var inTheWay = Directory.CreateDirectory(Path.Combine(_folder.Path, "metrics-2026-03-10.db"));

        await Assert.ThrowsAnyAsync<Exception>(() => _folder.Store.CutAsync(Cancel));
        await WriteAsync(Point(time: 2, value: 2));
        Assert.Equal(2, (await StoredAsync()).Count);
        Assert.Single(_folder.Store.Problems());

        inTheWay.Delete();
        await _folder.Store.CutAsync(Cancel);
        Assert.Empty(_folder.Store.Problems());
        Assert.Equal(1, _folder.Store.Status().Files);
        await _folder.ReopenAsync();
        Assert.Equal(2, (await StoredAsync()).Count);
    }

    [Fact]
    public async Task Points_with_a_clock_far_ahead_are_forgotten_with_their_day()
    {
        await WriteAsync(Point(time: 400L * 86_400 * 20, value: 1, tool: "far ahead"));
        await _folder.Store.CutAsync(Cancel);
        Time.Advance(TimeSpan.FromDays(403));

        await _folder.Store.SweepAsync(Time.NowNanos, Cancel);

        Assert.Equal(0, _folder.Store.Status().Files);
        Assert.Empty(await _folder.Store.ReadSeriesAfterAsync(0, 10, Cancel));
    }

    [Fact]
    public async Task Damage_inside_the_log_is_reported_and_costs_no_other_record()
    {
        await WriteAsync(Point(time: 1, value: 1));
        var length = new FileInfo(_folder.Segments[^1]).Length;
        await WriteAsync(Point(time: 2, value: 2));
        await WriteAsync(Point(time: 3, value: 3));
        var segment = _folder.Segments[^1];
        await _folder.CloseAsync();
        await using (var file = new FileStream(segment, FileMode.Open))
        {
            file.Position = length + 30;
            file.WriteByte(0xff);
        }

        await _folder.OpenAsync();

        Assert.Equal([Point(time: 1, value: 1).Describe(), Point(time: 3, value: 3).Describe()], await StoredAsync());
        Assert.Contains("damaged", Assert.Single(_folder.Store.Problems()), StringComparison.Ordinal);
        Assert.True(File.Exists(segment + ".damaged"));
    }

    [Fact]
    public async Task A_damaged_day_is_set_aside_and_the_rest_serves()
    {
        await WriteAsync(Point(time: 1, value: 1));
        await _folder.Store.CutAsync(Cancel);
        await WriteAsync(Point(time: 2, value: 2));
        await _folder.CloseAsync();
        var file = Path.Combine(_folder.Path, "metrics-2026-03-10.db");
        await File.WriteAllBytesAsync(file, new byte[20_000], Cancel);

        await _folder.OpenAsync();

        Assert.Equal([Point(time: 2, value: 2).Describe()], await StoredAsync());
        Assert.Single(_folder.Store.Problems());
        Assert.True(File.Exists(file + ".damaged"));
    }

    [Fact]
    public async Task Exports_are_remembered_across_restarts_and_cuts()
    {
        PointRecord[] points = [Point(time: 1, value: 1)];
        await Store.WriteAsync([PointRecord.Batch(points, 1)], Cancel);
        await _folder.Store.CutAsync(Cancel);
        await _folder.ReopenAsync();

        var again = await _folder.Store.WriteAsync([PointRecord.Batch(points, 1), PointRecord.Batch(points, 2)], Cancel);

        Assert.Equal([false, true], again.Stored);
        Assert.Equal(2, again.Sequence);
    }

    [Fact]
    public async Task Series_keep_their_ids_and_descriptions_across_restarts_and_cuts()
    {
        await WriteAsync(Point(time: 1, value: 1, tool: "shell") with { Description = "Tools called" }, Point(time: 1, value: 1, tool: "write"));
        var before = await DescribeSeriesAsync();
        await _folder.ReopenAsync();
        var replayed = await DescribeSeriesAsync();
        await _folder.Store.CutAsync(Cancel);
        await _folder.ReopenAsync();

        Assert.Equal(before, replayed);
        Assert.Equal(before, await DescribeSeriesAsync());
        Assert.Equal("Tools called", Assert.Single(await _folder.Store.ListMetadataAsync(null, Cancel)).Description);
    }

    [Fact]
    public async Task New_series_over_a_limit_are_refused_with_the_attribute_that_grew()
    {
        await _folder.CloseAsync();
        await _folder.OpenAsync(new MetricStoreOptions { MaxActiveSeriesPerMetric = 3 });

        var outcome = await _folder.Store.WriteAsync(
            [PointRecord.Batch(Enumerable.Range(0, 5).Select(i => Point(time: 1, value: i) with { Attributes = Some.Attributes(("session.id", $"s{i}"), ("exit", "normal")) })), PointRecord.Batch([Point(time: 1, value: 1) with { Name = "other" }])],
            Cancel);
        var known = await _folder.Store.WriteAsync([PointRecord.Batch([Point(time: 2, value: 1) with { Attributes = Some.Attributes(("session.id", "s0"), ("exit", "normal")) }])], Cancel);

        var refusal = Assert.Single(outcome.Refusals);
        Assert.Equal((0, 2), (refusal.Batch, refusal.Count));
        Assert.Contains("session.id", refusal.Reason, StringComparison.Ordinal);
        Assert.Contains("goose.tool_calls", refusal.Reason, StringComparison.Ordinal);
        Assert.Empty(known.Refusals);
        Assert.Equal(5, (await StoredAsync()).Count);
    }

    [Fact]
    public async Task A_refusal_names_the_resource_attribute_that_grew()
    {
        await _folder.CloseAsync();
        await _folder.OpenAsync(new MetricStoreOptions { MaxActiveSeries = 3 });

        var outcome = await _folder.Store.WriteAsync(
            [PointRecord.Batch(Enumerable.Range(0, 5).Select(i => Point(time: 1, value: i) with { Resource = Some.Resource("s", ("process.pid", $"{i}")) }))], Cancel);

        var refusal = Assert.Single(outcome.Refusals);
        Assert.Equal(2, refusal.Count);
        Assert.Contains("resource attribute process.pid of goose.tool_calls grew most, to 3 values", refusal.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_point_with_too_many_buckets_is_refused_alone()
    {
        var point = MetricPoints.OneOfEach(Noon).Single(each => each.Name == "histogram");
        var large = point with { Histogram = new HistogramRecord(1, null, null, null, new double[65_536], new ulong[65_537]) };

        var outcome = await Store.WriteAsync([PointRecord.Batch([large, point])], Cancel);

        Assert.Equal(1, Assert.Single(outcome.Refusals).Count);
        Assert.Equal([point.Describe()], await StoredAsync());
    }

    [Fact]
    public async Task Days_past_their_keep_time_are_deleted_and_their_series_forgotten()
    {
        await WriteAsync(Point(time: 1, value: 1, tool: "old"));
        await _folder.Store.CutAsync(Cancel);
        Time.Advance(TimeSpan.FromDays(399));
        var recent = Point(time: 399 * 86_400, value: 1, tool: "new");
        await _folder.Store.WriteAsync([PointRecord.Batch([recent])], Cancel);
        await _folder.Store.CutAsync(Cancel);

        await _folder.Store.SweepAsync(Time.NowNanos, Cancel);
        Assert.Equal(2, (await StoredAsync()).Count);
        Time.Advance(TimeSpan.FromDays(2));
        await _folder.Store.SweepAsync(Time.NowNanos, Cancel);
        await _folder.ReopenAsync();

        Assert.Equal([recent.Describe()], await StoredAsync());
        Assert.Single(await _folder.Store.ReadSeriesAfterAsync(0, 10, Cancel));
        Assert.Equal(1, _folder.Store.Status().Files);
    }

    [Fact]
    public async Task The_oldest_day_is_deleted_when_there_is_too_much()
    {
        await WriteAsync(Point(time: 1, value: 1, tool: "old"));
        await _folder.Store.CutAsync(Cancel);
        Time.Advance(TimeSpan.FromDays(1));
        var recent = Point(time: 86_400, value: 1, tool: "new");
        await WriteAsync(recent);
        await _folder.Store.CutAsync(Cancel);
        await _folder.CloseAsync();
        await _folder.OpenAsync(new MetricStoreOptions { MaxBytes = 1 });

        await _folder.Store.SweepAsync(Time.NowNanos, Cancel);

        Assert.Equal([recent.Describe()], await StoredAsync());
    }

    [Fact]
    public async Task A_backup_opens_as_a_store_with_what_was_written_before_it()
    {
        await WriteAsync(Point(time: 1, value: 1));
        await _folder.Store.CutAsync(Cancel);
        await WriteAsync(Point(time: 2, value: 2));
        var copy = Directory.CreateTempSubdirectory("gander-metrics-").FullName;

        await _folder.Store.BackupAsync(copy, Cancel);
        await WriteAsync(Point(time: 3, value: 3));

        await _folder.CloseAsync();
        await _folder.OpenAsync(folder: copy);
        Assert.Equal([Point(time: 1, value: 1).Describe(), Point(time: 2, value: 2).Describe()], await StoredAsync());
        await _folder.ReopenAsync();
        Directory.Delete(copy, recursive: true);
    }

    [Fact]
    public async Task A_read_only_store_answers_and_changes_nothing()
    {
        await WriteAsync(Point(time: 1, value: 1));
        await _folder.Store.CutAsync(Cancel);
        await WriteAsync(Point(time: 2, value: 2));
        await _folder.CloseAsync();
        var before = Snapshot();

        await _folder.OpenAsync(new MetricStoreOptions { IsReadOnly = true });

        Assert.Equal(2, (await StoredAsync()).Count);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _folder.Store.WriteAsync([], Cancel));
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public async Task Readers_see_each_write_whole_while_points_are_written_and_cut()
    {
        var writing = Task.Run(
            async () =>
            {
                for (var i = 0; i < 300; i++)
                {
                    await WriteAsync(Point(time: i, value: i, tool: "a"), Point(time: i, value: i, tool: "b"));
                    if (i % 50 == 49)
                    {
                        await _folder.Store.CutAsync(Cancel);
                    }
                }
            },
            Cancel);

        using var samples = new SampleBuffer(10_000);
        var last = 0;
        while (last < 300)
        {
            var done = writing.IsCompleted;
            await Store.ReadSamplesAsync(FirstTwo, TimeRange.All, samples, Cancel);
            Assert.Equal(samples.Run(0).Count, samples.Run(1).Count);
            Assert.InRange(samples.Run(0).Count, last, 300);
            Assert.Equal(Enumerable.Range(0, samples.Run(0).Count).Select(value => (double)value), samples.Values[..samples.Run(0).End]);
            last = samples.Run(0).Count;
            Assert.False(done && last < 300);
        }

        await writing;
    }

    [Fact]
    public async Task Any_order_of_writes_restarts_cuts_and_reads_gives_what_the_plain_store_gives()
    {
        var step = Gen.Select(Gen.Int[0, 9], MetricPoints.Any(Noon).Array[0, 60], Gen.ULong[0, 3], Gen.Long[-600, 600], Gen.Long[0, 900]);
        await step.Array[1, 12].SampleAsync(
            async steps =>
            {
                var time = new ManualTime("2026-03-10T12:00Z");
                var plain = new InMemoryMetricStore(time);
                await using var folder = new DuckDbMetricFolder(time);
                await folder.OpenAsync();
                foreach (var (what, points, fingerprint, from, length) in steps)
                {
                    time.Advance(TimeSpan.FromMinutes(what));
                    switch (what)
                    {
                        case 0:
                            await folder.ReopenAsync();
                            break;
                        case 1 or 2:
                            await folder.Store.CutAsync(CancellationToken.None);
                            break;
                        case 3:
                            time.Advance(TimeSpan.FromHours(13));
                            await folder.Store.SweepAsync(time.NowNanos, CancellationToken.None);
                            break;
                        default:
                            MetricBatch[] batches = [PointRecord.Batch(points[..(points.Length / 2)], fingerprint), PointRecord.Batch(points[(points.Length / 2)..])];
                            var expected = await plain.WriteAsync(batches, CancellationToken.None);
                            var outcome = await folder.Store.WriteAsync(batches, CancellationToken.None);
                            Assert.Equal((expected.Sequence, string.Join(',', expected.Stored)), (outcome.Sequence, string.Join(',', outcome.Stored)));
                            break;
                    }

                    foreach (var range in new[] { TimeRange.All, new TimeRange(Noon + (from * 1_000_000_000), Noon + ((from + length) * 1_000_000_000)) })
                    {
                        Assert.Equal(await MetricPoints.ReadAllAsync(plain, range, CancellationToken.None), await MetricPoints.ReadAllAsync(folder.Store, range, CancellationToken.None));
                        Assert.Equal(await MetricPoints.ReadSamplesAsync(plain, range, CancellationToken.None), await MetricPoints.ReadSamplesAsync(folder.Store, range, CancellationToken.None));
                        Assert.Equal(await MetricPoints.ReadDistributionsAsync(plain, range, CancellationToken.None), await MetricPoints.ReadDistributionsAsync(folder.Store, range, CancellationToken.None));
                    }

                    Assert.Equal(await LayoutsAsync(plain), await LayoutsAsync(folder.Store));
                }
            },
            iter: 20,
            threads: 1,
            print: steps => string.Join(' ', steps.Select(step => $"{step.Item1}:{step.Item2.Length}")));
    }

    [Fact]
    public async Task What_points_have_shown_of_a_series_survives_restarts_before_and_after_a_cut()
    {
        var histogram = MetricPoints.OneOfEach(Noon).Single(point => point.Name == "histogram");
        await WriteAsync(histogram);
        await _folder.Store.CutAsync(Cancel);
        await WriteAsync(
            histogram with { TimeNanos = Noon + 1, Histogram = new HistogramRecord(1, null, null, null, [5], [1, 0]) },
            Point(time: 10, value: 1, start: 5),
            Point(time: 30, value: 1, start: 9));

        for (var restart = 0; restart < 3; restart++)
        {
            Assert.Equal(["1 [0.1 1]", "1 [5]"], await LayoutsAsync(_folder.Store));
            var activity = new SeriesActivity[1];
            _folder.Store.ReadActivity([2], activity);
            Assert.True(activity[0].HasParallelStreams);
            if (restart == 1)
            {
                await _folder.Store.CutAsync(Cancel);
            }

            await _folder.ReopenAsync();
        }
    }

    [Fact]
    public async Task Layouts_that_the_registry_file_lacks_are_found_in_the_chunks()
    {
        var point = MetricPoints.OneOfEach(Noon).Single(each => each.Name == "histogram");
        await WriteAsync(point with { Histogram = null, Flags = 1 });
        await _folder.Store.CutAsync(Cancel);
        var registry = Path.Combine(_folder.Path, "metrics-series.bin");
        var without = await File.ReadAllBytesAsync(registry, Cancel);
        await WriteAsync(point with { TimeNanos = Noon + 1 });
        await _folder.Store.CutAsync(Cancel);
        await _folder.CloseAsync();
        await File.WriteAllBytesAsync(registry, without, Cancel);

        await _folder.OpenAsync();

        Assert.Equal(["1 [0.1 1]"], await LayoutsAsync(_folder.Store));
    }

    [Fact]
    public async Task Forgotten_series_change_the_state_and_take_their_layouts_along()
    {
        await WriteAsync(MetricPoints.OneOfEach(Noon).Single(point => point.Name == "histogram"));
        await _folder.Store.CutAsync(Cancel);
        var before = _folder.Store.ReadState();
        Time.Advance(TimeSpan.FromDays(402));
        await _folder.Store.WriteAsync([PointRecord.Batch([Point(time: 402 * 86_400, value: 1)])], Cancel);
        await _folder.Store.CutAsync(Cancel);

        await _folder.Store.SweepAsync(Time.NowNanos, Cancel);

        Assert.NotEqual(before.Forgets, _folder.Store.ReadState().Forgets);
        Assert.Empty(await _folder.Store.ReadLayoutsAfterAsync(0, 10, Cancel));
    }

    private static async Task<IReadOnlyList<string>> LayoutsAsync(IMetricStore store) =>
    [
        .. (await store.ReadLayoutsAfterAsync(0, int.MaxValue, CancellationToken.None))
            .Select(layout => $"{layout.SeriesId} [{string.Join(' ', layout.Values.Select(value => value.ToString(CultureInfo.InvariantCulture)))}]")
            .Order(StringComparer.Ordinal),
    ];

    private async Task<IReadOnlyList<string>> DescribeSeriesAsync() =>
        [.. (await _folder.Store.FindSeriesAsync(new SeriesQuery(TimeRange.All, []), Cancel)).Select(series => $"{series.Id} {series.Name} {PlainAttributes.Describe(series.Attributes)} {series.Resource.Id} {series.Scope.Id}")];

    private Task<IReadOnlyList<string>> StoredAsync() => MetricPoints.ReadAllAsync(_folder.Store, TimeRange.All, Cancel);

    private string Snapshot() => string.Join(
        '\n', Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(path => $"{path} {new FileInfo(path).Length}"));
}
