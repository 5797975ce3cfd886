using CsCheck;
using Gander.Storage.DuckDb;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Tests.Stores;

/// <summary>Whatever is written, at whatever times, between whatever restarts: the embedded store answers as the plain one does.</summary>
public sealed class StoreProperties
{
    // More rounds than the few of every run: GANDER_STORE_ROUNDS=1000 dotnet test …
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("GANDER_STORE_ROUNDS"), out var rounds) ? rounds : 20;

    private static readonly Gen<Step> AnyStep = Gen.Frequency(
        (6, Gen.Select(RecordGenerators.SpanRecord.List[0, 6], Gen.ULong[0, 3]).List[1, 3].Select(exports => (Step)new Step.WriteSpans(exports))),
        (5, Gen.Select(RecordGenerators.LogRecord.List[0, 6], Gen.ULong[0, 3]).List[1, 3].Select(exports => (Step)new Step.WriteLogs(exports))),
        (3, RecordGenerators.Pick<Step>(new Step.Wait(TimeSpan.FromMinutes(10)), new Step.Wait(TimeSpan.FromHours(13)), new Step.Wait(TimeSpan.FromDays(3)))),
        (1, Gen.Const<Step>(new Step.Sweep())),
        (1, Gen.Const<Step>(new Step.Restart())),
        (8, RecordGenerators.Query.List[1, 6].Select(queries => (Step)new Step.Find(queries))),
        (3, Gen.Const<Step>(new Step.ReadAll())));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task The_embedded_store_answers_as_the_plain_one() =>
        AnyStep.List[1, 25].SampleAsync(RunAsync, iter: Rounds, threads: 1, print: steps => string.Join("\n", steps));

    private static async Task RunAsync(List<Step> steps)
    {
        using var folder = new TemporaryFolder();
        var time = new ManualTime("2026-03-10T12:00Z");
        await using var oracle = new InMemoryStore(time, TimeSpan.FromDays(7));
        var store = await OpenAsync(folder, time);
        try
        {
            foreach (var step in steps.Append(new Step.ReadAll()))
            {
                switch (step)
                {
                    case Step.WriteSpans write:
                        var spans = write.Exports.Select(export => Export(export.Item1, export.Item2, time)).ToList();
                        Same(await oracle.Spans.WriteAsync(spans, Cancel), await store.Spans.WriteAsync(spans, Cancel));
                        break;
                    case Step.WriteLogs write:
                        var logs = write.Exports.Select(export => Export(export.Item1, export.Item2, time)).ToList();
                        Same(await oracle.Logs.WriteAsync(logs, Cancel), await store.Logs.WriteAsync(logs, Cancel));
                        break;
                    case Step.Wait wait:
                        time.Advance(wait.Time);
                        break;
                    case Step.Sweep:
                        await oracle.SweepAsync(time.NowNanos, Cancel);
                        await store.SweepAsync(time.NowNanos, Cancel);
                        break;
                    case Step.Restart:
                        await store.DisposeAsync();
                        store = await OpenAsync(folder, time);
                        break;
                    case Step.Find find:
                        foreach (var query in find.Queries.Select(query => At(query, time)))
                        {
                            Same(query, Describe(await oracle.Spans.FindAsync(query, Cancel)), Describe(await store.Spans.FindAsync(query, Cancel)));
                            Same(query, Describe(await oracle.Logs.FindAsync(query, Cancel)), Describe(await store.Logs.FindAsync(query, Cancel)));
                        }

                        break;
                    default:
                        await ReadAllAsync(oracle, store, time);
                        break;
                }
            }
        }
        finally
        {
            await store.DisposeAsync();
        }
    }

    private static async Task ReadAllAsync(InMemoryStore oracle, DuckDbStore store, ManualTime time)
    {
        var near = new TimeRange(time.NowNanos - (20 * 86_400_000_000_000), time.NowNanos + 86_400_000_000_000);
        TraceId[] traces = [Some.TraceId(1), new TraceId(1UL << 63, 0), new TraceId(9, 9)];
        string[] sessions = ["a", "shell", new string('x', 600)];
        foreach (var trace in traces)
        {
            Same(trace, Describe(await oracle.Spans.ReadTraceAsync(trace, null, Cancel)), Describe(await store.Spans.ReadTraceAsync(trace, null, Cancel)));
        }

        Same(
            "summaries",
            [.. (await oracle.Spans.SummariseTracesAsync(traces, near, Cancel)).Select(summary => $"{summary}").Order(StringComparer.Ordinal)],
            [.. (await store.Spans.SummariseTracesAsync(traces, near, Cancel)).Select(summary => $"{summary}").Order(StringComparer.Ordinal)]);
        foreach (var detail in Enum.GetValues<RecordDetail>())
        {
            Same(
                "several traces",
                Describe(await oracle.Spans.ReadTracesAsync(traces, near, detail, Cancel)),
                Describe(await store.Spans.ReadTracesAsync(traces, near, detail, Cancel)));
            Same(
                "sessions of spans",
                Describe(await oracle.Spans.ReadSessionsAsync(sessions, near, detail, Cancel)),
                Describe(await store.Spans.ReadSessionsAsync(sessions, near, detail, Cancel)));
            Same(
                "sessions of logs",
                Describe(await oracle.Logs.ReadSessionsAsync(sessions, traces, near, detail, Cancel)),
                Describe(await store.Logs.ReadSessionsAsync(sessions, traces, near, detail, Cancel)));
        }

        Same(
            "loose",
            Describe(await oracle.Logs.ReadLooseAsync([Some.GooseResource.Id, Resource.Empty.Id], near, Cancel)),
            Describe(await store.Logs.ReadLooseAsync([Some.GooseResource.Id, Resource.Empty.Id], near, Cancel)));
        foreach (var (exports, detail) in new[] { (new ExportRange(0), RecordDetail.Everything), (new ExportRange(3), RecordDetail.Attributes), (new ExportRange(1, 4), RecordDetail.Columns) })
        {
            Same($"{exports} of spans at {detail}", await ExportedAsync(oracle.Spans, exports, detail), await ExportedAsync(store.Spans, exports, detail));
            Same($"{exports} of logs at {detail}", await ExportedAsync(oracle.Logs, exports, detail), await ExportedAsync(store.Logs, exports, detail));
            Assert.Equal(await oracle.Spans.ListTracesAsync(exports, 1_000, Cancel), await store.Spans.ListTracesAsync(exports, 1_000, Cancel));
            Assert.Equal(await oracle.Logs.ListLooseResourcesAsync(exports, 1_000, Cancel), await store.Logs.ListLooseResourcesAsync(exports, 1_000, Cancel));
        }

        Assert.Equal((oracle.Spans.LastSequence, oracle.Logs.LastSequence), (store.Spans.LastSequence, store.Logs.LastSequence));

        foreach (var (expected, found) in oracle.Status().Signals.Join(store.Status().Signals, signal => signal.Signal, signal => signal.Signal, (left, right) => (left, right)))
        {
            Assert.Equal((expected.Records, expected.OldestNanos, expected.NewestNanos), (found.Records, found.OldestNanos, found.NewestNanos));
        }

        Assert.Empty(store.Status().Problems);
    }

    private static void Same(WriteOutcome expected, WriteOutcome found)
    {
        Assert.Equal(expected.Stored, found.Stored);
        Assert.Equal(expected.Sequence, found.Sequence);
    }

    private static void Same(object asked, List<string> expected, List<string> found)
    {
        if (!expected.SequenceEqual(found))
        {
            Assert.Fail($"{asked}\nexpected {expected.Count}:\n{string.Join("\n", expected)}\nfound {found.Count}:\n{string.Join("\n", found)}");
        }
    }

    private static List<string> Describe(SpanBatch batch)
    {
        using (batch)
        {
            return [.. SpanRecord.ReadAll(batch).Select(span => span.Describe())];
        }
    }

    private static List<string> Describe(LogBatch batch)
    {
        using (batch)
        {
            return [.. LogRecord.ReadAll(batch).Select(record => record.Describe())];
        }
    }

    private static async Task<List<string>> ExportedAsync(ISpanStore store, ExportRange exports, RecordDetail detail) =>
        await store.ReadExportsAsync(exports, detail, Cancel).SelectMany(read => Describe(read.Batch)).ToListAsync(Cancel);

    private static async Task<List<string>> ExportedAsync(ILogStore store, ExportRange exports, RecordDetail detail) =>
        await store.ReadExportsAsync(exports, detail, Cancel).SelectMany(read => Describe(read.Batch)).ToListAsync(Cancel);

    private static SpanBatch Export(List<SpanRecord> spans, ulong fingerprint, ManualTime time)
    {
        var batch = Some.SpanBatch(spans.Select(span => span with { StartNanos = span.StartNanos + time.NowNanos, EndNanos = span.EndNanos + time.NowNanos }));
        batch.Fingerprint = new ExportFingerprint(0, fingerprint);
        return batch;
    }

    private static LogBatch Export(List<LogRecord> records, ulong fingerprint, ManualTime time)
    {
        var batch = Some.LogBatch(records.Select(record => record with
        {
            TimeNanos = record.TimeNanos == 0 ? 0 : record.TimeNanos + time.NowNanos,
            ObservedNanos = record.ObservedNanos + time.NowNanos,
        }));
        batch.Fingerprint = new ExportFingerprint(0, fingerprint);
        return batch;
    }

    private static RecordQuery At(RecordQuery query, ManualTime time) => query with
    {
        Range = query.Range == TimeRange.All ? TimeRange.All : new TimeRange(query.Range.StartNanos + time.NowNanos, query.Range.EndNanos + time.NowNanos),
        After = query.After is { } after ? after with { TimeNanos = after.TimeNanos + time.NowNanos } : null,
    };

    private static Task<DuckDbStore> OpenAsync(TemporaryFolder folder, TimeProvider time) => DuckDbStore.OpenAsync(
        new DuckDbStoreOptions { Folder = folder.Path, KeepSpans = TimeSpan.FromDays(7), KeepLogs = TimeSpan.FromDays(7), CheckpointBytes = 1_000, RowGroupSize = 2_048, MinFreeBytes = 0 },
        time,
        null,
        Cancel);

    private abstract record Step
    {
        public sealed record WriteSpans(List<(List<SpanRecord>, ulong)> Exports) : Step;

        public sealed record WriteLogs(List<(List<LogRecord>, ulong)> Exports) : Step;

        public sealed record Wait(TimeSpan Time) : Step;

        public sealed record Sweep : Step;

        public sealed record Restart : Step;

        public sealed record Find(List<RecordQuery> Queries) : Step;

        public sealed record ReadAll : Step;
    }
}
