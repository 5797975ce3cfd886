namespace Gander.Agent.Telemetry.Export;

/// <summary>Carries requests to one endpoint. Thread-safe.</summary>
internal interface IOtlpTransport
{
    /// <summary>Sends one request. Failures to reach the receiver are results; only a cancellation by <paramref name="cancellationToken"/> throws.</summary>
    Task<SendResult> SendAsync(ExportRequest request, CancellationToken cancellationToken);
}
