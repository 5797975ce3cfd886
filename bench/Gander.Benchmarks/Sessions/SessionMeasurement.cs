using System.Diagnostics;
using System.Globalization;

namespace Gander.Benchmarks.Sessions;

/// <summary>The costs of <see cref="SessionBenchmarks"/> in CPU time, which other work on the machine does not blur as it does wall time.</summary>
internal static class SessionMeasurement
{
    /// <summary>Measures and prints.</summary>
    public static void Run()
    {
        var benchmarks = new SessionBenchmarks();
        Measure("observe, µs a span", 2_000, 512, benchmarks.ObserveSpan);
        Measure("fold a session of 10,000 spans, µs", 20, 1, () => benchmarks.FoldLongSession());
        Measure("fold 100 sessions of 100 spans, µs", 20, 1, () => benchmarks.FoldShortSessions());
    }

    private static void Measure(string name, int rounds, int operations, Action action)
    {
        for (var i = 0; i < rounds / 4; i++)
        {
            action();
        }

        var best = double.MaxValue;
        var (allocated, process) = (GC.GetTotalAllocatedBytes(precise: true), Process.GetCurrentProcess());
        for (var part = 0; part < 5; part++)
        {
            process.Refresh();
            var cpu = process.TotalProcessorTime;
            for (var i = 0; i < rounds / 5; i++)
            {
                action();
            }

            process.Refresh();
            best = Math.Min(best, (process.TotalProcessorTime - cpu).TotalMicroseconds / (rounds / 5) / operations);
        }

        var bytes = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)(rounds / 5 * 5) / operations;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {best:F2} CPU, {bytes:F1} bytes allocated"));
    }
}
