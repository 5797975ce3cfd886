using System.Diagnostics;
using System.Globalization;
using Gander.Storage.DuckDb;
using Gander.Storage.DuckDb.Metrics;
using Gander.Storage.DuckDb.Native;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Benchmarks.Metrics;

/// <summary>
/// Writes 20,000 series for some ticks of 15 seconds into a store on disk, each tick one durable write of 20 exports, and
/// reads 1,000 of them back. The generator's time is left out.
/// </summary>
internal static class MetricStoreMeasurement
{
    private const int SeriesCount = 20_000;
    private const int TicksAnHour = 240;
    private const int Reads = 9;

    private static readonly DateTimeOffset Start = new(2026, 3, 10, 0, 0, 0, TimeSpan.Zero);

    public static async Task RunAsync(int ticks)
    {
        var folder = Directory.CreateTempSubdirectory("gander-bench-");
        try
        {
            using var root = new DuckDbRoot(new DuckDbStoreOptions { Folder = folder.FullName });
            await using var readers = new DuckWorkers(root, "readers", 2, 1_024);
            var time = new MovedTime(Start);
            await using (var store = await MetricStore.OpenAsync(root, readers, folder.FullName, new MetricStoreOptions(), time))
            {
                await WriteAsync(store, time, ticks);
            }

            foreach (var day in folder.EnumerateFiles("metrics-*.db"))
            {
                root.Detach(Path.GetFileNameWithoutExtension(day.Name).Replace("-", "", StringComparison.Ordinal).Replace("metrics", "metrics_", StringComparison.Ordinal));
            }

            var opening = Stopwatch.GetTimestamp();
            await using (var store = await MetricStore.OpenAsync(root, readers, folder.FullName, new MetricStoreOptions(), time))
            {
                Print($"start: {Stopwatch.GetElapsedTime(opening).TotalMilliseconds:f0} ms with the log of the last {(ticks - 1) % TicksAnHour + 1} ticks");
                await ReadAsync(store, "memory and chunks");
                await store.CutAsync(CancellationToken.None);
                var bytes = folder.EnumerateFiles("metrics-*.db").Sum(file => file.Length);
                Print($"disk: {bytes / (double)(SeriesCount * (long)ticks):f2} bytes a sample in chunks");
                await ReadAsync(store, "chunks");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task WriteAsync(MetricStore store, MovedTime time, int ticks)
    {
        using var corpus = new MetricCorpus(SeriesCount);
        var (wall, cpu, longest) = (TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);
        for (var tick = 0; tick < ticks; tick++)
        {
            time.Now = Start.AddSeconds(15 * tick);
            corpus.Tick((time.Now - DateTimeOffset.UnixEpoch).Ticks * 100);
            var started = Stopwatch.GetTimestamp();
            var used = Process.GetCurrentProcess().TotalProcessorTime;
            await store.WriteAsync(corpus.Exports, CancellationToken.None);
            var took = Stopwatch.GetElapsedTime(started);
            wall += took;
            cpu += Process.GetCurrentProcess().TotalProcessorTime - used;
            longest = tick > 0 && took > longest ? took : longest;
            if (tick == TicksAnHour - 2)
            {
                GC.Collect();
                Print($"memory: {Environment.WorkingSet >> 20} MiB resident, {GC.GetTotalMemory(true) >> 20} MiB of it managed, with {SeriesCount} series of one hour in memory");
            }
        }

        var points = SeriesCount * (long)ticks;
        Print($"write: {points / wall.TotalSeconds / 1e6:f2} M points/s durable, {cpu.TotalSeconds / points * 1e6:f3} CPU s a million, longest write {longest.TotalMilliseconds:f0} ms");
    }

    private static async Task ReadAsync(MetricStore store, string from)
    {
        var ids = Enumerable.Range(0, 1_000).Select(index => (index * 20) + 7).ToArray();
        using var samples = new SampleBuffer(int.MaxValue);
        var times = new List<double>();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        for (var read = 0; read < Reads; read++)
        {
            var started = Stopwatch.GetTimestamp();
            await store.ReadSamplesAsync(ids, TimeRange.All, samples, CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        cpu = (Process.GetCurrentProcess().TotalProcessorTime - cpu) / Reads;
        var first = times[0];
        times.Sort();
        Print($"read from {from}: {ids.Length} series, {samples.Count} samples: median {times[times.Count / 2]:f0} ms, best {times[0]:f0}, first {first:f0}, {cpu.TotalMilliseconds:f0} ms of CPU each");
    }

    private static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
