using System.Diagnostics;
using System.Globalization;
using Gander.Storage.DuckDb;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Benchmarks.Stores;

/// <summary>
/// Measures the embedded store alone: <c>store FOLDER MILLIONS</c> writes that many spans and log records, flat out and in
/// groups of 5,000 over seven days, reopens the folder, and asks for traces, sessions and the last hour, first idle and then
/// while 40,000 spans a second arrive. Making the telemetry is left out of the CPU seconds.
/// </summary>
internal sealed class StoreBenchmark(string folder, double millions)
{
    private const int ExportRecords = 500;
    private const int ExportsPerGroup = 10;
    private const int GroupRecords = ExportRecords * ExportsPerGroup;
    private const long Week = 7L * 86_400_000_000_000;
    private const long Hour = 3_600_000_000_000;
    private const long FirstNanos = 1_772_323_200_000_000_000;
    private const int HalfLoad = 40_000;
    private const int Queries = 200;

    private readonly StoreClock _clock = new(FirstNanos);
    private readonly BatchSource _source = new(seed: 7);
    private readonly List<(TraceId Trace, string Session, long Nanos)> _samples = [];
    private readonly Random _random = new(5);

    public static async Task RunAsync(string[] args)
    {
        var benchmark = new StoreBenchmark(args[0], double.Parse(args[1], CultureInfo.InvariantCulture));
        await benchmark.MeasureAsync();
    }

    private async Task MeasureAsync()
    {
        var records = (long)(millions * 1_000_000);
        var store = await OpenAsync();
        await WriteAsync("spans", store.Spans.WriteAsync, () => new SpanBatch(), (batch, now) => _source.Fill(batch, ExportRecords, now), records, Sample);
        _clock.NowNanos = FirstNanos;
        await WriteAsync("logs", store.Logs.WriteAsync, () => new LogBatch(), (batch, now) => _source.Fill(batch, ExportRecords, now), records, _ => { });
        Report(store);
        await store.DisposeAsync();
        foreach (var table in new[] { "spans", "logs" })
        {
            var bytes = Directory.GetFiles(folder, $"{table}-*").Sum(path => new FileInfo(path).Length);
            Print($"{table}: {bytes / (double)records:F1} bytes a record on disk");
        }

        var opening = Stopwatch.GetTimestamp();
        await using var reopened = await OpenAsync();
        Print($"open: {Stopwatch.GetElapsedTime(opening).TotalMilliseconds:F0} ms");
        await QueryAsync(reopened, "idle", CancellationToken.None);
        await QueryAsync(reopened, "idle again", CancellationToken.None);
        await WhileIngestingAsync(reopened);
        Report(reopened);
    }

    private Task<DuckDbStore> OpenAsync() => DuckDbStore.OpenAsync(new DuckDbStoreOptions { Folder = folder }, _clock, null, CancellationToken.None);

    private async Task WriteAsync<TBatch>(
        string what,
        Func<IReadOnlyList<TBatch>, CancellationToken, Task<WriteOutcome>> write,
        Func<TBatch> make,
        Action<TBatch, long> fill,
        long records,
        Action<TBatch> sample)
        where TBatch : TelemetryBatch
    {
        var batches = Enumerable.Range(0, ExportsPerGroup).Select(_ => make()).ToArray();
        var commits = new Percentiles();
        var writing = TimeSpan.Zero;
        var generating = TimeSpan.Zero;
        var cpu = Environment.CpuUsage.TotalTime;
        for (var done = 0L; done < records; done += GroupRecords)
        {
            _clock.NowNanos = FirstNanos + (long)((double)done / records * Week);
            var before = ThreadCpu.Now();
            foreach (var batch in batches)
            {
                fill(batch, _clock.NowNanos);
            }

            generating += ThreadCpu.Now() - before;
            var started = Stopwatch.GetTimestamp();
            await write(batches, CancellationToken.None);
            var elapsed = Stopwatch.GetElapsedTime(started);
            writing += elapsed;
            commits.Add(elapsed);
            sample(batches[0]);
        }

        var seconds = (Environment.CpuUsage.TotalTime - cpu - generating).TotalSeconds;
        Print($"{what}: {records / writing.TotalSeconds:F0}/s, {seconds / records * 1e6:F2} CPU-s/M, commits {commits}, RSS {Environment.WorkingSet >> 20} MB, peak {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB");
    }

    private void Sample(SpanBatch batch)
    {
        var row = _random.Next(batch.Count);
        var session = Enumerable.Range(batch.AttributeRanges[row].Start, batch.AttributeRanges[row].Count)
            .First(index => batch.Text[batch.Attributes.Keys[index]].SequenceEqual("session.id"u8));
        _samples.Add((batch.TraceIds[row], batch.Text.ToString(batch.Attributes.Texts[session]), batch.StartNanos[row]));
    }

    private async Task QueryAsync(DuckDbStore store, string when, CancellationToken cancellationToken)
    {
        var (traces, sessions, searches) = (new Percentiles(), new Percentiles(), new Percentiles());
        var now = _clock.NowNanos;
        for (var query = 0; query < Queries && !cancellationToken.IsCancellationRequested; query++)
        {
            var sample = _samples[_random.Next(_samples.Count)];
            await TimeAsync(traces, async () => (await store.Spans.ReadTraceAsync(sample.Trace, null, CancellationToken.None)).Count);
            await TimeAsync(sessions, async () =>
            {
                var near = new TimeRange(sample.Nanos - (12 * Hour), sample.Nanos + (12 * Hour));
                using var spans = await store.Spans.ReadSessionsAsync([sample.Session], near, RecordDetail.Everything, CancellationToken.None);
                using var logs = await store.Logs.ReadSessionsAsync([sample.Session], [], near, RecordDetail.Everything, CancellationToken.None);
                return spans.Count;
            });
            await TimeAsync(searches, async () =>
            {
                using var found = await store.Spans.FindAsync(
                    new RecordQuery(
                        new TimeRange(now - Hour, now + Hour),
                        [
                            new RecordCondition(new RecordField.Service(), RecordOperator.Equal, AttributeValue.Of("claude-code")),
                            new RecordCondition(new RecordField.Status(), RecordOperator.Equal, AttributeValue.Of(2L)),
                            new RecordCondition(new RecordField.DurationNanos(), RecordOperator.Greater, AttributeValue.Of(100_000_000L)),
                            new RecordCondition(new RecordField.OfRecord("gen_ai.tool.name", OrResource: false), RecordOperator.Equal, AttributeValue.Of("Bash")),
                        ]),
                    CancellationToken.None);
                return 1;
            });
        }

        Print($"{when}: trace by id {traces}");
        Print($"{when}: session with all steps {sessions}");
        Print($"{when}: last-hour search {searches}");
    }

    private static async Task TimeAsync(Percentiles times, Func<Task<int>> ask)
    {
        var started = Stopwatch.GetTimestamp();
        var found = await ask();
        times.Add(Stopwatch.GetElapsedTime(started));
        if (found == 0)
        {
            throw new InvalidOperationException("What was written was not found.");
        }
    }

    private async Task WhileIngestingAsync(DuckDbStore store)
    {
        using var stop = new CancellationTokenSource();
        var commits = new Percentiles();
        var written = 0L;
        var writing = Task.Run(
            async () =>
            {
                var batch = new SpanBatch();
                var started = Stopwatch.GetTimestamp();
                while (!stop.IsCancellationRequested)
                {
                    _source.Fill(batch, GroupRecords, _clock.NowNanos);
                    var before = Stopwatch.GetTimestamp();
                    await store.Spans.WriteAsync([batch], CancellationToken.None);
                    commits.Add(Stopwatch.GetElapsedTime(before));
                    written += batch.Count;
                    var ahead = TimeSpan.FromSeconds((double)written / HalfLoad) - Stopwatch.GetElapsedTime(started);
                    await Task.Delay(ahead > TimeSpan.Zero ? ahead : TimeSpan.Zero);
                }
            },
            CancellationToken.None);
        await QueryAsync(store, "at half load", CancellationToken.None);
        await stop.CancelAsync();
        await writing;
        Print($"at half load: {written} spans, commits {commits}, RSS {Environment.WorkingSet >> 20} MB, peak {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB");
    }

    private static void Report(DuckDbStore store)
    {
        foreach (var commits in store.Commits())
        {
            Print($"{commits.Signal}: {commits.Commits} commits, longest {commits.Longest.TotalMilliseconds:F0} ms");
        }

        foreach (var problem in store.Status().Problems)
        {
            Print($"{problem}");
        }
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
