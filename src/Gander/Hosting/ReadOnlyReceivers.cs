using Gander.Otlp;

namespace Gander.Hosting;

/// <summary>What the OTLP listeners answer while only what is stored is shown.</summary>
internal static class ReadOnlyReceivers
{
    /// <summary>Refuses every export for good: trying again would not help.</summary>
    public static void MapReadOnly(this IEndpointRouteBuilder endpoints) =>
        endpoints.Map("/{**path}", context => OtlpErrors.RefuseAsync(context, RefusalKind.Forbidden, "This server runs with --read-only and takes no telemetry."));
}
