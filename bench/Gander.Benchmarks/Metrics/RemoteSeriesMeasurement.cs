using System.Diagnostics;
using System.Globalization;
using Gander.Query.PromQl.OpenTelemetry;
using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;
using Gander.Storage.DuckDb;
using Gander.Storage.DuckDb.Metrics;
using Gander.Storage.DuckDb.Native;

namespace Gander.Benchmarks.Metrics;

/// <summary>
/// Writes 50,000 series for some minutes of data through the store, as fast as they go, and reads them back as the PromQL
/// engine does: samples a second, bytes a sample, memory, look-ups, reads. The generator's time is left out.
/// </summary>
internal static class RemoteSeriesMeasurement
{
    private const int SeriesCount = 50_000;
    private const int RequestsAWrite = 5;
    private const int SeriesARead = 256;
    private const int Repeats = 5;

    private static readonly DateTimeOffset Start = new(2026, 3, 10, 0, 0, 0, TimeSpan.Zero);

    public static async Task RunAsync(int ticks, bool asItCame)
    {
        var folder = Directory.CreateTempSubdirectory("gander-bench-");
        try
        {
            var settings = new DuckDbStoreOptions { Folder = folder.FullName, MaxEngineBytes = 128L << 20 };
            using var root = new DuckDbRoot(settings);
            await using var readers = new DuckWorkers(root, "readers", 2, 1_024);
            var time = new MovedTime(Start);
            await using var store = await MetricStore.OpenAsync(root, readers, folder.FullName, new MetricStoreOptions(), time);
            await WriteAsync(store, time, ticks, asItCame);
            PrintMemory("after the load");
            using var source = new OtlpSeriesSource(store, new OtlpTranslationOptions());
            await LookUpAsync(source, ticks);
            await ReadAsync(source, ticks, "some in memory");
            await store.CutAsync(CancellationToken.None);
            Print($"disk: {folder.EnumerateFiles("metrics*").Sum(file => file.Length) / (double)(SeriesCount * (long)ticks):f2} bytes a sample");
            await ReadAsync(source, ticks, "all on disk");
            PrintMemory("at the end");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task WriteAsync(MetricStore store, MovedTime time, int ticks, bool asItCame)
    {
        using var series = new RemoteSeries(SeriesCount);
        var (wall, cpu, longest) = (TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);
        for (var tick = 0; tick < ticks; tick++)
        {
            time.Now = asItCame ? Start.AddMinutes(tick) : Start;
            series.Tick((Start.AddMinutes(tick) - DateTimeOffset.UnixEpoch).Ticks * 100);
            var started = Stopwatch.GetTimestamp();
            var used = Process.GetCurrentProcess().TotalProcessorTime;
            foreach (var requests in series.Requests.Chunk(RequestsAWrite))
            {
                var writing = Stopwatch.GetTimestamp();
                await store.WriteAsync(requests, CancellationToken.None);
                var took = Stopwatch.GetElapsedTime(writing);
                longest = tick > 0 && took > longest ? took : longest;
            }

            wall += Stopwatch.GetElapsedTime(started);
            cpu += Process.GetCurrentProcess().TotalProcessorTime - used;
        }

        var samples = SeriesCount * (long)ticks;
        Print($"write: {samples / 1e6:f1} M samples, {samples / wall.TotalSeconds / 1e6:f2} M a second durable, {cpu.TotalSeconds / samples * 1e6:f3} CPU s a million, longest write {longest.TotalMilliseconds:f0} ms");
    }

    private static async Task LookUpAsync(OtlpSeriesSource source, int ticks)
    {
        var before = GC.GetTotalMemory(true);
        var started = Stopwatch.GetTimestamp();
        await SelectAsync(source, ticks, new LabelMatcher(Labels.MetricName, MatchOperator.Equal, "agent_load"));
        var index = (GC.GetTotalMemory(true) - before) / SeriesCount;
        Print($"index: built in {Stopwatch.GetElapsedTime(started).TotalMilliseconds:f0} ms, {index} bytes a series");
        (string Name, LabelMatcher[] Matchers)[] selectors =
        [
            ("17 series by name, instance and span", [Name("traces_span_metrics_duration_milliseconds_bucket"), new("instance", MatchOperator.Equal, "host-0500"), new("SpanName", MatchOperator.Equal, "dispatch_tool_call")]),
            ("regex over hosts", [Name("agent_load"), new("instance", MatchOperator.Matches, "host-0[12].*")]),
            ("a choice of models and no team", [Name("agent_tokens_total"), new("gen_ai_request_model", MatchOperator.Matches, "model-1|model-2"), new("team", MatchOperator.NotEqual, "team-3")]),
            ("everything", [new(Labels.MetricName, MatchOperator.Matches, ".+")]),
        ];
        foreach (var (name, matchers) in selectors)
        {
            var best = double.MaxValue;
            var count = 0;
            for (var repeat = 0; repeat < Repeats * 4; repeat++)
            {
                started = Stopwatch.GetTimestamp();
                count = (await SelectAsync(source, ticks, matchers)).Series.Count;
                best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            Print($"look-up: {name}: {count} series in {best:f3} ms");
        }
    }

    private static LabelMatcher Name(string name) => new(Labels.MetricName, MatchOperator.Equal, name);

    private static async Task ReadAsync(OtlpSeriesSource source, int ticks, string where)
    {
        await ReadAsync(source, ticks, where, "1,000 series", 60 * 24, [Name("agent_load"), new("instance", MatchOperator.Matches, "host-0[0-4].*")]);
        await ReadAsync(source, ticks, where, "the page's buckets of an hour", 65, [Name("traces_span_metrics_duration_milliseconds_bucket"), new("SpanName", MatchOperator.Equal, "stream_response_from_provider")]);
        await ReadAsync(source, ticks, where, "everything of six hours", 360, [new(Labels.MetricName, MatchOperator.Matches, ".+")]);
    }

    private static async Task ReadAsync(OtlpSeriesSource source, int ticks, string where, string what, int minutes, LabelMatcher[] matchers)
    {
        var buffers = Enumerable.Range(0, SeriesARead).Select(_ => new Samples()).ToArray();
        var walls = new List<double>();
        var used = Process.GetCurrentProcess().TotalProcessorTime;
        long samples = 0;
        var series = 0;
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            var started = Stopwatch.GetTimestamp();
            var last = Start.AddMinutes(ticks).ToUnixTimeMilliseconds();
            var set = await source.SelectAsync(matchers, last - (minutes * 60_000L), last, CancellationToken.None);
            (samples, series) = (0, set.Series.Count);
            for (var first = 0; first < set.Series.Count; first += SeriesARead)
            {
                var some = buffers.AsMemory(0, Math.Min(SeriesARead, set.Series.Count - first));
                await set.ReadAsync(first, some, long.MaxValue, CancellationToken.None);
                foreach (var read in some.Span)
                {
                    samples += read.Count;
                }
            }

            walls.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        var cpu = (Process.GetCurrentProcess().TotalProcessorTime - used).TotalMilliseconds / Repeats;
        walls.Sort();
        Print($"read, {where}: {what}: {series} series, {samples} samples: median {walls[walls.Count / 2]:f0} ms, best {walls[0]:f0}, {cpu:f0} ms of CPU each, {cpu * 1e6 / Math.Max(1, samples):f0} ns a sample");
    }

    private static Task<ISeriesSet> SelectAsync(OtlpSeriesSource source, int ticks, params LabelMatcher[] matchers) =>
        source.SelectAsync(matchers, Start.ToUnixTimeMilliseconds(), Start.AddMinutes(ticks).ToUnixTimeMilliseconds(), CancellationToken.None).AsTask();

    private static Task<ISeriesSet> SelectAsync(OtlpSeriesSource source, int ticks, LabelMatcher matcher) => SelectAsync(source, ticks, [matcher]);

    private static void PrintMemory(string when) =>
        Print($"memory {when}: {Environment.WorkingSet >> 20} MiB resident, {GC.GetTotalMemory(false) >> 20} MiB of it managed, {GC.GetGCMemoryInfo().TotalCommittedBytes >> 20} MiB committed by the collector, {GC.GetTotalMemory(true) >> 20} MiB in use");

    private static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
