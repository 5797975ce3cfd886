using System.Diagnostics;
using System.Globalization;

namespace Gander.Load.Comparing;

/// <summary>
/// Starts Gander and Prometheus, writes the same samples to both, asks both the same queries and compares answers, CPU time,
/// memory and disk. Both run while queries are asked, but only one is asked at a time.
/// </summary>
public sealed class CompareRun(CompareOptions options, TimeProvider time, IProgress<LoadProgress>? progress = null)
{
    private const int MinuteMillis = 60_000;

    // Between whole seconds, so that no sample lies on the edge of a window: Prometheus 2 counts both edges, Prometheus 3 one.
    private const int OffsetMillis = 123;

    /// <summary>Loads unless that was done before, asks and reports.</summary>
    public async Task<CompareReport> RunAsync(CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Series, DashboardSeries.SeriesAnInstance);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Hours);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Connections);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Runs);
        var instances = options.Series / DashboardSeries.SeriesAnInstance;
        var minutes = options.Hours * 60;
        var (lastMillis, isLoaded) = await LastMillisAsync(cancellationToken);
        await using var gander = await ComparedServer.StartGanderAsync(options.Gander, FolderOf("gander"), cancellationToken);
        await using var prometheus = options.Prometheus is { } program ? await ComparedServer.StartPrometheusAsync(program, FolderOf("prometheus"), cancellationToken) : null;
        var loads = new List<(ComparedServer Server, LoadReport? Load)>();
        foreach (var server in (ComparedServer?[])[gander, prometheus])
        {
            if (server is not null)
            {
                var load = new SampleLoad(new DashboardSeries(instances), options.Connections, time, progress);
                loads.Add((server, isLoaded ? null : await load.RunAsync(server, lastMillis - (minutes * (long)MinuteMillis), minutes, cancellationToken)));
            }
        }

        await File.WriteAllTextAsync(MarkFile, lastMillis.ToString(CultureInfo.InvariantCulture), cancellationToken);
        progress?.Report(new LoadProgress(LoadPhase.Settling, 0, 0));
        await Task.Delay(TimeSpan.FromSeconds(options.SettleSeconds), time, cancellationToken);
        var before = loads.ConvertAll(entry => (Disk: entry.Server.Probe.DiskBytes() ?? 0, Resident: entry.Server.ResidentBytes));
        var queries = new List<QueryComparison>();
        foreach (var query in DashboardQuery.All.Where(query => options.Only is null || query.Name.Contains(options.Only, StringComparison.Ordinal)))
        {
            queries.Add(await CompareAsync(query, gander, prometheus, lastMillis / 1_000, cancellationToken));
            progress?.Report(new LoadProgress(LoadPhase.Asking, (double)queries.Count / DashboardQuery.All.Count, queries.Count));
        }

        var count = instances * DashboardSeries.SeriesAnInstance;
        var servers = loads.Select((entry, i) => new ServerFigures(entry.Server.Name, entry.Load, before[i].Disk, before[i].Resident, entry.Server.ResidentBytes));
        return new CompareReport(count, (long)count * minutes, [.. servers], queries);
    }

    private string MarkFile => Path.Combine(options.DataDirectory, "loaded-until");

    private string FolderOf(string name) => Directory.CreateDirectory(Path.Combine(options.DataDirectory, name)).FullName;

    private async Task<(long Millis, bool IsLoaded)> LastMillisAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.DataDirectory);
        if (File.Exists(MarkFile))
        {
            return (long.Parse(await File.ReadAllTextAsync(MarkFile, cancellationToken), CultureInfo.InvariantCulture), true);
        }

        if (Directory.EnumerateFileSystemEntries(options.DataDirectory).Any())
        {
            throw new InvalidOperationException($"{options.DataDirectory} holds something else, or a load that did not end.");
        }

        return ((time.GetUtcNow().ToUnixTimeSeconds() * 1_000) - MinuteMillis + OffsetMillis, false);
    }

    private async Task<QueryComparison> CompareAsync(DashboardQuery query, ComparedServer gander, ComparedServer? prometheus, long endSeconds, CancellationToken cancellationToken)
    {
        var (ours, answer) = await MeasureAsync(query, gander, endSeconds, cancellationToken);
        if (prometheus is null)
        {
            return new QueryComparison(query, ours, null, answer.Count, null);
        }

        var (theirs, other) = await MeasureAsync(query, prometheus, endSeconds, cancellationToken);
        return new QueryComparison(query, ours, theirs, answer.Count, answer.DifferenceTo(other));
    }

    private async Task<(QueryFigures Figures, Answer Answer)> MeasureAsync(DashboardQuery query, ComparedServer server, long endSeconds, CancellationToken cancellationToken)
    {
        var body = await server.AskAsync(query, endSeconds, cancellationToken);
        var answer = Answer.Read(body);
        var walls = new List<double>();
        var cpu = server.Cpu;
        for (var started = Stopwatch.GetTimestamp(); walls.Count < options.Runs || Stopwatch.GetElapsedTime(started) < options.LeastAsking;)
        {
            var asked = Stopwatch.GetTimestamp();
            await server.AskAsync(query, endSeconds, cancellationToken);
            walls.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
        }

        cpu = server.Cpu - cpu;
        walls.Sort();
        return (new QueryFigures(walls[walls.Count / 2], walls[0], cpu.TotalMilliseconds / walls.Count, body.Length), answer);
    }
}
