using System.Diagnostics;
using System.Globalization;
using Gander.Load.Generation;
using Gander.Load.Wire;
using Gander.Otlp;
using Gander.Prices;
using Gander.Sessions;
using Gander.Sessions.Indexing;
using Gander.Telemetry;

namespace Gander.Benchmarks.Sessions;

/// <summary>
/// What keeping the list of sessions costs ingest: the spans of the load generator, from two senders of 256 sessions at once, observed and
/// folded about as often as a server at full load does, without a store. In CPU time of the whole process, collections included.
/// </summary>
internal static class FoldMeasurement
{
    private const int Senders = 2;
    private const int SpansABatch = 512;
    private const int BatchesARound = 160;

    /// <summary>Measures about so many spans and prints.</summary>
    public static async Task RunAsync(int spans)
    {
        Console.WriteLine("Making the spans ...");
        var batches = Batches(spans / SpansABatch);
        var store = new ForgetfulSessionStore();
        var options = new SessionIndexOptions();
        var folder = new SessionFolder(new SessionReader(null!, null!, null!), store, options);
        var pending = new PendingFacts(options.MaxPendingFacts);
        for (var part = 0; part < 4; part++)
        {
            GC.Collect();
            var (observed, folded, allocated, collections) = (TimeSpan.Zero, TimeSpan.Zero, GC.GetTotalAllocatedBytes(precise: true), GC.CollectionCount(2));
            var sessions = store.Saved;
            for (var first = part * batches.Count / 4; first < (part + 1) * batches.Count / 4; first += BatchesARound)
            {
                observed += await CpuOfAsync(() => Observe(pending, batches, first, Math.Min(first + BatchesARound, (part + 1) * batches.Count / 4)));
                folded += await CpuOfAsync(() => FoldAsync(pending, folder, first));
            }

            var count = batches.Count / 4 * (double)SpansABatch;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"observe {observed.TotalMicroseconds / count:F2} µs, fold {folded.TotalMicroseconds / count:F2} µs a span; {(GC.GetTotalAllocatedBytes(precise: true) - allocated) / count:F0} bytes allocated; {store.Saved - sessions} sessions saved; {GC.CollectionCount(2) - collections} full collections"));
        }
    }

    private static Task Observe(PendingFacts pending, List<SpanBatch> batches, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            pending.Add(batches[i], i);
        }

        return Task.CompletedTask;
    }

    private static async Task FoldAsync(PendingFacts pending, SessionFolder folder, int round)
    {
        var now = 1_800_000_000_000_000_000L + (round * 1_000_000L);
        var content = pending.Take();
        folder.Add(content, now);
        pending.Recycle(content);
        await folder.FoldAsync(new FoldContext(now, 300_000_000_000, PriceTable.Empty), force: true, CancellationToken.None);
    }

    private static async Task<TimeSpan> CpuOfAsync(Func<Task> action)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        await action();
        process.Refresh();
        return process.TotalProcessorTime - before;
    }

    private static List<SpanBatch> Batches(int count)
    {
        var corpus = Corpus.Load(null);
        var limits = new DecodeLimits();
        var sources = new List<(SpanSource Spans, ProtobufEncoder Encoder)>();
        for (var i = 0; i < Senders; i++)
        {
            var random = new SplitMix((1UL << 48) ^ (7UL << 16) ^ (uint)i);
            sources.Add((new SpanSource(new Population(random), corpus, random, 1), new ProtobufEncoder()));
        }

        var resources = new ResourceCache();
        var batches = new List<SpanBatch>(count);
        for (var i = 0; i < count; i++)
        {
            var (spans, encoder) = sources[i % Senders];
            var now = 1_800_000_000_000_000_000L + (i * 1_000_000L);
            var batch = new SpanBatch();
            batch.Text.Add(encoder.Spans(spans.Take(SpansABatch, (long)i * SpansABatch, now)));
            OtlpProtobufDecoder.Decode(batch, new DecodeContext(limits, resources, default, now));
            batches.Add(batch);
        }

        return batches;
    }
}
