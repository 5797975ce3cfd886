namespace Gander.Telemetry;

/// <summary>What a sum or histogram point covers; the values are those of the wire.</summary>
public enum Temporality : byte
{
    /// <summary>Not said, as for gauges and summaries.</summary>
    Unspecified = 0,

    /// <summary>What happened since the previous point of the stream.</summary>
    Delta = 1,

    /// <summary>What happened since the start time of the stream.</summary>
    Cumulative = 2,
}
