namespace Gander.Agent.Telemetry;

/// <summary>Severity numbers of the OpenTelemetry log data model.</summary>
internal enum LogSeverity
{
    Info = 9,
    Warn = 13,
    Error = 17,
}
