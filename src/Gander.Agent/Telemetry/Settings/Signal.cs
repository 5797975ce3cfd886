namespace Gander.Agent.Telemetry.Settings;

/// <summary>The signals of OpenTelemetry.</summary>
internal enum Signal
{
    Traces,
    Metrics,
    Logs,
}
