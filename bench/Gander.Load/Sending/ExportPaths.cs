using System.Diagnostics;

namespace Gander.Load.Sending;

/// <summary>Where each signal is sent.</summary>
internal static class ExportPaths
{
    public static string Of(LoadSignal signal, bool grpc) => (signal, grpc) switch
    {
        (LoadSignal.Traces, false) => "v1/traces",
        (LoadSignal.Logs, false) => "v1/logs",
        (LoadSignal.Metrics, false) => "v1/metrics",
        (LoadSignal.Traces, true) => "/opentelemetry.proto.collector.trace.v1.TraceService/Export",
        (LoadSignal.Logs, true) => "/opentelemetry.proto.collector.logs.v1.LogsService/Export",
        (LoadSignal.Metrics, true) => "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export",
        _ => throw new UnreachableException($"no path for {signal}"),
    };
}
