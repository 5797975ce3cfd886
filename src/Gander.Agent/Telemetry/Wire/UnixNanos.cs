namespace Gander.Agent.Telemetry.Wire;

/// <summary>The unit of OTLP's times.</summary>
internal static class UnixNanos
{
    public static ulong Of(DateTime utc) => (ulong)(utc - DateTime.UnixEpoch).Ticks * 100;
}
