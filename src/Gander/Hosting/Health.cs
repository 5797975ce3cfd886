using Gander.Hosting.Auth;
using Gander.Stores;

namespace Gander.Hosting;

/// <summary>Answers whether the process lives and whether it takes telemetry, to anyone and on every listener that speaks HTTP/1.1.</summary>
internal static class Health
{
    /// <summary><c>/healthz</c> and <c>/readyz</c>.</summary>
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/healthz", () => Results.Text("ok\n")).WithMetadata(new EveryListener(), new OpenToAll());
        endpoints.MapGet("/readyz", (ITelemetryStore store, RunningServer server, IHostApplicationLifetime lifetime) => NotReady(store, server, lifetime) is { } reason
                ? Results.Text($"{reason}\n", statusCode: StatusCodes.Status503ServiceUnavailable)
                : Results.Text("ready\n"))
            .WithMetadata(new EveryListener(), new OpenToAll());
    }

    private static string? NotReady(ITelemetryStore store, RunningServer server, IHostApplicationLifetime lifetime)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return "the server is stopping";
        }

        // Why the store takes nothing may name folders; that is for those who may read /api/status.
        return !server.ReadOnly && store.Status().Signals.Any(signal => !signal.AcceptsWrites) ? "the store takes no telemetry at the moment" : null;
    }
}
