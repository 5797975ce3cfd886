namespace Gander.Agent.Telemetry.Settings;

/// <summary>Where and how one signal leaves.</summary>
/// <param name="Signal">The signal.</param>
/// <param name="Endpoint">Where OTLP goes: of HTTP the whole URL, of gRPC the address before the service's name. Null sends none.</param>
/// <param name="Protocol">How it goes there.</param>
/// <param name="Headers">Further headers of each request.</param>
/// <param name="Timeout">How long a request may take.</param>
/// <param name="IsGzipped">Whether bodies are compressed.</param>
/// <param name="WritesToConsole">Whether it is shown to the person.</param>
internal sealed record SignalSettings(
    Signal Signal,
    Uri? Endpoint,
    OtlpProtocol Protocol,
    IReadOnlyList<KeyValuePair<string, string>> Headers,
    TimeSpan Timeout,
    bool IsGzipped,
    bool WritesToConsole)
{
    /// <summary>Whether it leaves at all.</summary>
    public bool IsOn => Endpoint is not null || WritesToConsole;
}
