using System.Globalization;
using Gander.Storage.DuckDb;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Tests.Stores;

/// <summary>What the embedded store does with its files: restarts, damage, other processes, retention and copies.</summary>
public sealed class DuckDbStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new("2026-03-10T12:00Z");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_written_is_there_after_a_restart()
    {
        await using (var store = await OpenAsync())
        {
            await store.Spans.WriteAsync([Some.Span("first")], Cancel);
            await store.Logs.WriteAsync([Some.Log("record")], Cancel);
            await store.Sessions.SaveAsync([Some.Session("a")], [], new FoldProgress(1, 2), Cancel);
        }

        await using var again = await OpenAsync();
        Assert.Equal(["first"], await NamesAsync(again));
        Assert.Equal(2, (await again.Spans.WriteAsync([Some.Span("second")], Cancel)).Sequence);
        Assert.Equal(new FoldProgress(1, 2), await again.Sessions.ReadProgressAsync(Cancel));
        Assert.NotNull(await again.Sessions.FindAsync("a", Cancel));
        Assert.Equal(1, Assert.Single(again.Status().Signals, signal => signal.Signal == Signal.Logs).Records);
    }

    [Fact]
    public async Task A_repeated_export_is_recognised_after_a_restart()
    {
        var export = Some.SpanBatch(Some.Span("once"));
        export.Fingerprint = new ExportFingerprint(5, 6);
        await using (var store = await OpenAsync())
        {
            await store.Spans.WriteAsync([export], Cancel);
        }

        _time.Advance(TimeSpan.FromMinutes(14));
        await using var again = await OpenAsync();
        Assert.Equal([false], (await again.Spans.WriteAsync([export], Cancel)).Stored);
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal([true], (await again.Spans.WriteAsync([export], Cancel)).Stored);
    }

    [Fact]
    public async Task A_folder_that_was_not_closed_loses_nothing()
    {
        using var copy = new TemporaryFolder();
        await using (var store = await OpenAsync())
        {
            await store.Spans.WriteAsync([Some.Span("acknowledged")], Cancel);
            CopyFiles(_folder.Path, copy.Path);
        }

        await using var crashed = await OpenAsync(folder: copy.Path);
        Assert.Equal(["acknowledged"], await NamesAsync(crashed));
        Assert.Empty(crashed.Status().Problems);
    }

    [Fact]
    public async Task The_two_files_of_a_day_take_turns_and_answer_as_one()
    {
        var text = new string('x', 4_000);
        await using (var store = await OpenAsync(checkpointBytes: 1 << 20))
        {
            for (var export = 0; export < 12; export++)
            {
                var spans = Enumerable.Range(0, 50).Select(index => Some.Span($"{export}", $"2026-03-10T12:00:{export:00}Z", attributes: ("note", text + index)));
                await store.Spans.WriteAsync([Some.SpanBatch(spans)], Cancel);
            }

            Assert.Equal(12 * 50, (await store.Spans.ReadTraceAsync(Some.TraceId(), null, Cancel)).Count);
            Assert.Equal(2, Directory.GetFiles(_folder.Path, "spans-*.db").Length);
        }

        await using var again = await OpenAsync();
        var names = new List<string>();
        await foreach (var exports in again.Spans.ReadExportsAsync(new ExportRange(0), RecordDetail.Attributes, Cancel))
        {
            names.AddRange(SpanRecord.ReadAll(exports.Batch).Select(span => span.Name));
        }

        Assert.Equal(Enumerable.Range(0, 12).SelectMany(export => Enumerable.Repeat(export.ToString(CultureInfo.InvariantCulture), 50)), names);
    }

    [Fact]
    public async Task Every_day_has_files_of_its_own_and_late_records_go_where_they_arrive()
    {
        await using var store = await OpenAsync();
        await store.Spans.WriteAsync([Some.Span("first day", "2026-03-10T12:00Z")], Cancel);
        _time.Advance(TimeSpan.FromDays(1));
        await store.Spans.WriteAsync([Some.Span("late", "2026-03-08T12:00Z"), Some.Span("second day", "2026-03-11T12:00Z")], Cancel);

        Assert.Equal(["spans-2026-03-10-a.db", "spans-2026-03-11-a.db"], Directory.GetFiles(_folder.Path, "spans-*.db").Select(Path.GetFileName).Order());
        Assert.Equal(["second day", "first day", "late"], await NamesAsync(store));
    }

    [Fact]
    public async Task A_second_process_is_told_who_holds_the_folder()
    {
        await using var store = await OpenAsync();

        var writing = await Assert.ThrowsAsync<StoreUnavailableException>(() => OpenAsync());
        var reading = await Assert.ThrowsAsync<StoreUnavailableException>(() => OpenAsync(readOnly: true));

        Assert.Contains(Environment.ProcessId.ToString(CultureInfo.InvariantCulture), writing.Message, StringComparison.Ordinal);
        Assert.Contains(Environment.ProcessId.ToString(CultureInfo.InvariantCulture), reading.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_open_for_reading_changes_no_file()
    {
        using var crashed = new TemporaryFolder();
        await using (var store = await OpenAsync())
        {
            await store.Spans.WriteAsync([Some.Span("kept")], Cancel);
            await store.Sessions.SaveAsync([Some.Session("a")], [], default, Cancel);
            CopyFiles(_folder.Path, crashed.Path);
        }

        var before = Contents(crashed.Path);
        await using (var reader = await OpenAsync(folder: crashed.Path, readOnly: true))
        {
            Assert.Equal(["kept"], await NamesAsync(reader));
            Assert.Single(await reader.Sessions.ListAsync(new SessionQuery(), Cancel));
            Assert.False(Spans(reader).AcceptsWrites);
            await Assert.ThrowsAsync<StoreUnavailableException>(() => reader.Spans.WriteAsync([Some.Span()], Cancel));
        }

        Assert.Equal(before, Contents(crashed.Path));
    }

    [Fact]
    public async Task A_damaged_old_file_is_set_aside_and_the_rest_serves()
    {
        await WriteTwoDaysAsync();
        Damage(_folder.File("spans-2026-03-10-a.db"));

        await using var store = await OpenAsync();
        var names = await NamesAsync(store);

        Assert.Equal(["today"], names);
        Assert.Contains(store.Status().Problems, problem => problem.Contains("spans-2026-03-10-a.db", StringComparison.Ordinal));
        Assert.Single(Directory.GetFiles(_folder.Path, "spans-2026-03-10-a.db.damaged-*"));
        Assert.True((await store.Spans.WriteAsync([Some.Span("new")], Cancel)).Sequence > 2);
    }

    [Fact]
    public async Task A_damaged_file_of_today_does_not_stop_writing()
    {
        await WriteTwoDaysAsync();
        Damage(_folder.File("spans-2026-03-11-a.db"));

        await using var store = await OpenAsync();
        await store.Spans.WriteAsync([Some.Span("new", "2026-03-11T12:00Z")], Cancel);

        Assert.Equal(["new", "yesterday"], await NamesAsync(store));
        Assert.NotEmpty(store.Status().Problems);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_log_that_was_cut_or_damaged_costs_only_what_it_held(bool cut)
    {
        using var crashed = new TemporaryFolder();
        await WriteTwoDaysAsync();
        await using (var store = await OpenAsync())
        {
            await store.Spans.WriteAsync([Some.SpanBatch(Enumerable.Range(0, 100).Select(index => Some.Span($"in the log {index}", "2026-03-11T12:00Z")))], Cancel);
            CopyFiles(_folder.Path, crashed.Path);
        }

        using (var log = File.Open(crashed.File("spans-2026-03-11-a.db.wal"), FileMode.Open))
        {
            if (cut)
            {
                log.SetLength(log.Length - 10);
            }
            else
            {
                log.Position = log.Length / 2;
                log.Write(new byte[64]);
            }
        }

        await using var again = await OpenAsync(folder: crashed.Path);
        await again.Spans.WriteAsync([Some.Span("new", "2026-03-11T12:00Z")], Cancel);
        Assert.Equal(["new", "today", "yesterday"], await NamesAsync(again));
        Assert.Equal(!cut, again.Status().Problems.Count > 0);
    }

    [Fact]
    public async Task Whole_days_are_dropped_when_they_are_over_the_size_and_today_never_is()
    {
        await WriteTwoDaysAsync();

        await using var store = await OpenAsync(maxSpanBytes: 1);
        await store.SweepAsync(_time.NowNanos, Cancel);

        Assert.Equal(["today"], await NamesAsync(store));
        Assert.Empty(Directory.GetFiles(_folder.Path, "spans-2026-03-10-*"));
    }

    [Fact]
    public async Task A_number_is_not_given_again_when_the_last_file_is_dropped()
    {
        await WriteTwoDaysAsync();
        _time.Advance(TimeSpan.FromDays(40));
        await using (var store = await OpenAsync())
        {
            await store.SweepAsync(_time.NowNanos, Cancel);
            Assert.Empty(await NamesAsync(store));
        }

        await using var again = await OpenAsync();
        Assert.Equal(3, (await again.Spans.WriteAsync([Some.Span()], Cancel)).Sequence);
    }

    [Fact]
    public async Task A_copy_made_while_running_opens_as_a_store()
    {
        using var copies = new TemporaryFolder();
        var target = copies.File("backup");
        var progress = new List<double>();
        await using var store = await OpenAsync();
        await store.Spans.WriteAsync([Some.Span("before")], Cancel);
        await store.Sessions.SaveAsync([Some.Session("a")], [], default, Cancel);

        await store.BackupAsync(target, new Told(progress), Cancel);
        await store.Spans.WriteAsync([Some.Span("after")], Cancel);

        await using var copy = await OpenAsync(folder: target);
        Assert.Equal(["before"], await NamesAsync(copy));
        Assert.NotNull(await copy.Sessions.FindAsync("a", Cancel));
        Assert.Equal(1, progress[^1]);
        await Assert.ThrowsAsync<IOException>(() => store.BackupAsync(target, null, Cancel));
    }

    [Fact]
    public async Task Too_little_free_space_refuses_writes_and_not_reads()
    {
        await WriteTwoDaysAsync();

        await using var store = await OpenAsync(minFreeBytes: long.MaxValue);
        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Spans.WriteAsync([Some.Span()], Cancel));

        Assert.Contains("free", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["today", "yesterday"], await NamesAsync(store));
        Assert.False(Spans(store).AcceptsWrites);
        Assert.NotEmpty(store.Status().Problems);
    }

    [Fact]
    public async Task A_full_disk_refuses_writes_keeps_answering_and_recovers()
    {
        using var disk = SmallDisk.Mount(_folder.File("disk"), megabytes: 24);
        await using var store = await OpenAsync(folder: disk.Path);
        var text = new string([.. Enumerable.Range(0, 100_000).Select(index => (char)('a' + (index * 7919 % 26)))]);
        var accepted = 0;

        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(async () =>
        {
            for (; accepted < 1_000; accepted++)
            {
                await store.Spans.WriteAsync([Some.SpanBatch(Enumerable.Range(0, 10).Select(_ => Some.Span($"{accepted}", attributes: ("note", text))))], Cancel);
            }
        });
        Assert.Equal(accepted * 10, (await store.Spans.ReadTraceAsync(Some.TraceId(), null, Cancel)).Count);
        Assert.False(Spans(store).AcceptsWrites);
        Assert.Contains("No space left", refused.Message, StringComparison.Ordinal);

        disk.Grow(megabytes: 96);
        await store.Spans.WriteAsync([Some.Span("after", trace: 2)], Cancel);

        Assert.Equal(["after"], SpanRecord.ReadAll(await store.Spans.ReadTraceAsync(Some.TraceId(2), null, Cancel)).Select(span => span.Name));
        Assert.True(Spans(store).AcceptsWrites);
        Assert.Empty(store.Status().Problems);
    }

    [Fact]
    public async Task A_query_that_is_cancelled_stops()
    {
        await using var store = await OpenAsync();
        await store.Spans.WriteAsync([Some.Span()], Cancel);

        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.Spans.FindAsync(new RecordQuery(TimeRange.All, []), cancelled.Token));
    }

    private static SignalStatus Spans(DuckDbStore store) => store.Status().Signals.Single(signal => signal.Signal == Signal.Traces);

    private static void CopyFiles(string from, string to)
    {
        foreach (var path in Directory.GetFiles(from, "*.db*"))
        {
            File.Copy(path, Path.Combine(to, Path.GetFileName(path)));
        }
    }

    private static List<string> Contents(string folder) => [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal)
        .Select(path => $"{Path.GetFileName(path)} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)))}")];

    // Overwrites everything after the headers, so that whatever is read first shows it.
    private static void Damage(string path)
    {
        using var file = File.Open(path, FileMode.Open);
        file.Position = 12_288;
        file.Write(new byte[file.Length - file.Position]);
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(DuckDbStore store)
    {
        using var found = await store.Spans.FindAsync(new RecordQuery(TimeRange.All, [], Detail: RecordDetail.Everything), Cancel);
        return [.. SpanRecord.ReadAll(found).Select(span => span.Name)];
    }

    private async Task WriteTwoDaysAsync()
    {
        await using var store = await OpenAsync();
        await store.Spans.WriteAsync([Some.Span("yesterday", "2026-03-10T12:00Z")], Cancel);
        _time.Advance(TimeSpan.FromDays(1));
        await store.Spans.WriteAsync([Some.Span("today", "2026-03-11T12:00Z")], Cancel);
    }

    private Task<DuckDbStore> OpenAsync(
        string? folder = null, bool readOnly = false, long checkpointBytes = 96 << 20, long maxSpanBytes = 0, long minFreeBytes = 0) => DuckDbStore.OpenAsync(
        new DuckDbStoreOptions
        {
            Folder = folder ?? _folder.Path,
            ReadOnly = readOnly,
            CheckpointBytes = checkpointBytes,
            MaxSpanBytes = maxSpanBytes,
            MinFreeBytes = minFreeBytes,
        },
        _time,
        null,
        Cancel);

    private sealed class Told(List<double> shares) : IProgress<double>
    {
        public void Report(double value) => shares.Add(value);
    }
}
