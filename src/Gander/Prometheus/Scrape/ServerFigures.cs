using System.Diagnostics;
using Gander.Hosting;
using Gander.Ingest;
using Gander.Sessions;
using Gander.Stores;
using Gander.Telemetry;
using Microsoft.Extensions.Options;

namespace Gander.Prometheus.Scrape;

/// <summary>What is looked up at the time of a scrape: queues, store, sessions and process. Cheap: all from memory and the process table.</summary>
internal sealed class ServerFigures(ITelemetryStore store, SessionIndex sessions, IOptions<IngestOptions> ingestOptions, RunningServer server, IServiceProvider services)
{
    /// <summary>Writes all families.</summary>
    public void WriteTo(ExpositionWriter writer)
    {
        writer.Family("gander_build", MetricType.Info, "", "The version of this server");
        writer.Sample(1, "version", GanderVersion.Text);
        WriteIngest(writer);
        WriteStore(writer);
        writer.Family("gander_session_faults", MetricType.Counter, "", "How often a session could not be folded because of a fault in Gander; its Missing says which");
        writer.Sample(sessions.Faults);
        WriteProcess(writer);
    }

    private static string Name(Signal signal) => signal switch
    {
        Signal.Traces => "traces",
        Signal.Metrics => "metrics",
        Signal.Logs => "logs",
        _ => throw new UnreachableException($"no name for {signal}"),
    };

    private static double Seconds(long? nanos) => (nanos ?? 0) / 1e9;

    private void WriteIngest(ExpositionWriter writer)
    {
        if (services.GetService<TelemetryIngest>() is not { } ingest)
        {
            return;
        }

        writer.Family("gander_ingest_queue_exports", MetricType.Gauge, "", "Exports that wait for the store");
        writer.Sample(ingest.Spans.Count, "signal", "traces");
        writer.Sample(ingest.Metrics.Count, "signal", "metrics");
        writer.Sample(ingest.Logs.Count, "signal", "logs");
        writer.Family("gander_ingest_queue_limit_exports", MetricType.Gauge, "", "Exports of one signal that may wait before more are refused");
        writer.Sample(ingestOptions.Value.MaxQueuedExports);
        writer.Family("gander_ingest_held_limit_bytes", MetricType.Gauge, "bytes", "Bytes of exports in memory before more are refused");
        writer.Sample(ingestOptions.Value.MaxHeldBytes);
    }

    private void WriteStore(ExpositionWriter writer)
    {
        var status = store.Status();
        Each("gander_store_records", "", "Spans, log records and data points stored", signal => signal.Records);
        Each("gander_store_bytes", "bytes", "Bytes on disk", signal => signal.Bytes);
        Each("gander_store_files", "", "Files on disk", signal => signal.Files);
        Each("gander_store_writable", "", "1 while the store takes writes, 0 while it refuses them", signal => signal.AcceptsWrites ? 1 : 0);
        Each("gander_store_oldest_timestamp_seconds", "seconds", "The time of the earliest record, 0 when there is none", signal => Seconds(signal.OldestNanos));
        Each("gander_store_newest_timestamp_seconds", "seconds", "The time of the latest record, 0 when there is none", signal => Seconds(signal.NewestNanos));
        writer.Family("gander_store_problems", MetricType.Gauge, "", "Problems a person should know of; /api/status names them");
        writer.Sample(status.Problems.Count);
        var metrics = store.Metrics.ReadState();
        writer.Family("gander_store_series", MetricType.Gauge, "", "Metric series remembered");
        writer.Sample(metrics.Series);
        writer.Family("gander_store_active_series", MetricType.Gauge, "", "Metric series with points of about the last hour");
        writer.Sample(metrics.ActiveSeries);

        void Each(string name, string unit, string help, Func<SignalStatus, double> value)
        {
            writer.Family(name, MetricType.Gauge, unit, help);
            foreach (var signal in status.Signals)
            {
                writer.Sample(value(signal), "signal", Name(signal.Signal));
            }
        }
    }

    // Under the names that Prometheus' client libraries give to them.
    private void WriteProcess(ExpositionWriter writer)
    {
        using var process = Process.GetCurrentProcess();
        writer.Family("process_cpu_seconds", MetricType.Counter, "seconds", "CPU time of this process");
        writer.Sample(Environment.CpuUsage.TotalTime.TotalSeconds);
        writer.Family("process_resident_memory_bytes", MetricType.Gauge, "bytes", "Resident memory of this process");
        writer.Sample(process.WorkingSet64);
        writer.Family("process_virtual_memory_bytes", MetricType.Gauge, "bytes", "Virtual memory of this process");
        writer.Sample(process.VirtualMemorySize64);
        writer.Family("process_start_time_seconds", MetricType.Gauge, "seconds", "When this server started, Unix time");
        writer.Sample(server.StartedAt.ToUnixTimeMilliseconds() / 1e3);
        writer.Family("process_threads", MetricType.Gauge, "", "Threads of this process");
        writer.Sample(process.Threads.Count);
        writer.Family("dotnet_gc_heap_bytes", MetricType.Gauge, "bytes", "Managed memory in use after the last collection");
        writer.Sample(GC.GetGCMemoryInfo().HeapSizeBytes);
        writer.Family("dotnet_gc_collections", MetricType.Counter, "", "Garbage collections, by generation");
        for (var generation = 0; generation <= GC.MaxGeneration; generation++)
        {
            writer.Sample(GC.CollectionCount(generation), "generation", generation.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }
}
