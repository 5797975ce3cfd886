using Gander.Ingest;
using Gander.Telemetry;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Gander.Otlp;

/// <summary>Registers the receivers and the way into the store, and maps their endpoints.</summary>
public static class OtlpServices
{
    private static readonly (string Path, Signal Signal)[] HttpPaths =
        [("v1/traces", Signal.Traces), ("v1/metrics", Signal.Metrics), ("v1/logs", Signal.Logs)];

    // Where other backends receive OTLP: an exporter that was set up for one of them needs no new path.
    private static readonly string[] Aliases = ["", "/otlp", "/api/v1/otlp"];

    private static readonly (string Service, Signal Signal)[] GrpcServices =
    [
        ("opentelemetry.proto.collector.trace.v1.TraceService", Signal.Traces),
        ("opentelemetry.proto.collector.metrics.v1.MetricsService", Signal.Metrics),
        ("opentelemetry.proto.collector.logs.v1.LogsService", Signal.Logs),
    ];

    /// <summary>Adds receivers, queues and emitter activity. The store and, where it is not the system's, the clock must be registered apart.</summary>
    public static IServiceCollection AddOtlp(this IServiceCollection services)
    {
        services.AddOptions<OtlpOptions>();
        services.AddOptions<IngestOptions>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new HeldBytes(provider.GetRequiredService<IOptions<IngestOptions>>().Value.MaxHeldBytes));
        services.AddSingleton<IngestMeter>();
        services.AddSingleton<EmitterActivity>();
        services.AddSingleton<TelemetryIngest>();
        services.AddHostedService(provider => provider.GetRequiredService<TelemetryIngest>());
        services.AddSingleton(new ResourceCache());
        services.AddSingleton<ExportReceiver>();
        services.AddSingleton<OtlpHttpReceiver>();
        services.AddSingleton<OtlpGrpcReceiver>();
        return services;
    }

    /// <summary>
    /// Maps OTLP/HTTP, and every other path to a 404 in OTLP's words: the endpoints belong on a listener of their own. A
    /// preflight (OPTIONS) carries no credentials and must reach them past authentication.
    /// </summary>
    public static void MapOtlpHttp(this IEndpointRouteBuilder endpoints)
    {
        var receiver = endpoints.ServiceProvider.GetRequiredService<OtlpHttpReceiver>();
        var basePath = endpoints.ServiceProvider.GetRequiredService<IOptions<OtlpOptions>>().Value.BasePath.Trim('/');
        foreach (var prefix in Aliases.Append(basePath.Length == 0 ? "" : $"/{basePath}").Distinct(StringComparer.Ordinal))
        {
            foreach (var (path, signal) in HttpPaths)
            {
                endpoints.Map($"{prefix}/{path}", context => receiver.HandleAsync(context, signal));
            }
        }

        endpoints.Map("/{**path}", receiver.HandleUnknownAsync);
    }

    /// <summary>Maps OTLP/gRPC and the health check, and every other call to UNIMPLEMENTED: the endpoints belong on a listener of their own that speaks HTTP/2.</summary>
    public static void MapOtlpGrpc(this IEndpointRouteBuilder endpoints)
    {
        var receiver = endpoints.ServiceProvider.GetRequiredService<OtlpGrpcReceiver>();
        foreach (var (service, signal) in GrpcServices)
        {
            endpoints.Map($"/{service}/Export", context => receiver.HandleAsync(context, signal));
        }

        endpoints.Map("/grpc.health.v1.Health/Check", receiver.HandleHealthAsync);
        endpoints.Map("/{**path}", receiver.HandleUnknownAsync);
    }
}
