using BenchmarkDotNet.Running;
using Gander.Benchmarks.Metrics;
using Gander.Benchmarks.Otlp;
using Gander.Benchmarks.PromQl;
using Gander.Benchmarks.Sessions;
using Gander.Benchmarks.Stores;

// "metrics", "series" and "store" measure whole stores on disk, "receive" is a server without one, "sessions" the session index, "fold" what the index costs ingest, "usage" what sessions used, "session-metrics" PromQL over them, and "promql" queries in CPU time; everything else is BenchmarkDotNet's.
switch (args)
{
    case ["metrics", .. var settings]:
        await MetricStoreMeasurement.RunAsync(settings.Length > 0 ? int.Parse(settings[0], System.Globalization.CultureInfo.InvariantCulture) : 1_440);
        break;
    case ["series", var minutes, .. var settings]:
        await RemoteSeriesMeasurement.RunAsync(int.Parse(minutes, System.Globalization.CultureInfo.InvariantCulture), settings is ["as-it-came"]);
        break;
    case ["store", .. var settings]:
        await StoreBenchmark.RunAsync(settings);
        break;
    case ["receive", .. var settings]:
        await ReceiveServer.RunAsync(settings.Length > 0 ? int.Parse(settings[0], System.Globalization.CultureInfo.InvariantCulture) : 4318);
        break;
    case ["promql", .. var settings]:
        await QueryMeasurement.RunAsync(settings.Length > 0 ? int.Parse(settings[0], System.Globalization.CultureInfo.InvariantCulture) : 270);
        break;
    case ["sessions"]:
        SessionMeasurement.Run();
        break;
    case ["fold", .. var settings]:
        await FoldMeasurement.RunAsync(settings.Length > 0 ? int.Parse(settings[0], System.Globalization.CultureInfo.InvariantCulture) : 400_000);
        break;
    case ["usage", .. var settings]:
        await UsageMeasurement.RunAsync(settings.Length > 0 ? int.Parse(settings[0], System.Globalization.CultureInfo.InvariantCulture) : 10_000);
        break;
    case ["session-metrics", .. var settings]:
        await SessionMetricMeasurement.RunAsync(settings.Length > 0 ? int.Parse(settings[0], System.Globalization.CultureInfo.InvariantCulture) : 10_000);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(ChunkBenchmarks).Assembly).Run(args);
        break;
}
