using Gander.Hosting;

namespace Gander.Prometheus.RemoteWrite;

/// <summary>Registers remote write and maps its endpoint. Ingest must be registered apart.</summary>
public static class RemoteWriteServices
{
    /// <summary>The path of the endpoint.</summary>
    public const string Path = "/api/v1/write";

    /// <summary>Adds the receiver.</summary>
    public static IServiceCollection AddRemoteWrite(this IServiceCollection services)
    {
        services.AddOptions<RemoteWriteOptions>();
        services.AddSingleton<RemoteWriteMetadata>();
        services.AddSingleton<RemoteWriteReceiver>();
        return services;
    }

    /// <summary>Maps the endpoint; wherever it is, it needs the ingest scope.</summary>
    public static void MapRemoteWrite(this IEndpointRouteBuilder endpoints) =>
        endpoints.Map(Path, endpoints.ServiceProvider.GetRequiredService<RemoteWriteReceiver>().HandleAsync).WithMetadata(new IngestEndpoint()).ExcludeFromDescription();
}
