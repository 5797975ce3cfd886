using System.ComponentModel.DataAnnotations;

namespace Gander.Sessions;

/// <summary>Limits of the session index.</summary>
public sealed class SessionIndexOptions
{
    /// <summary>Spans and log records held in memory for sessions that are active; the longest idle sessions are dropped above it and read again when touched.</summary>
    [Range(1_000, 10_000_000)]
    public int MaxSessionFacts { get; set; } = 100_000;

    /// <summary>Spans and log records that may wait to be folded; above it they are dropped and read again from the store.</summary>
    [Range(1_000, 10_000_000)]
    public int MaxPendingFacts { get; set; } = 200_000;

    /// <summary>Seconds without telemetry after which a session is dropped from memory.</summary>
    [Range(1, 86_400)]
    public int SessionIdleSeconds { get; set; } = 900;

    /// <summary>Seconds after its last record that a session without an end counts as running.</summary>
    [Range(1, 86_400)]
    public int SessionRunningSeconds { get; set; } = 300;

    /// <summary>How many hours back a process may have started for records without a session id to be matched with it.</summary>
    [Range(1, 168)]
    public int SessionLookbackHours { get; set; } = 12;

    /// <summary>Milliseconds between two rounds of folding while telemetry comes in.</summary>
    [Range(10, 60_000)]
    public int SessionFoldMilliseconds { get; set; } = 1_000;
}
