namespace Gander.Telemetry;

/// <summary>The three OTLP signals Gander stores.</summary>
public enum Signal : byte
{
    /// <summary>Spans.</summary>
    Traces,

    /// <summary>Data points of sums, gauges, histograms and summaries.</summary>
    Metrics,

    /// <summary>Log records, which include events.</summary>
    Logs,
}
