using BenchmarkDotNet.Running;
using Gander.Benchmarks.Metrics;

// "metrics" measures a whole metric store on disk; everything else is BenchmarkDotNet's.
if (args is ["metrics", .. var settings])
{
    await MetricStoreMeasurement.RunAsync(settings.Length > 0 ? int.Parse(settings[0], System.Globalization.CultureInfo.InvariantCulture) : 1_440);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(ChunkBenchmarks).Assembly).Run(args);
