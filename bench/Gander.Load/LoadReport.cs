namespace Gander.Load;

/// <summary>What a run measured. Times are milliseconds unless the name says otherwise; null where it was not asked for.</summary>
public sealed record LoadReport
{
    /// <summary>From the first request to the last answer.</summary>
    public required double Seconds { get; init; }

    /// <summary>Records the server acknowledged.</summary>
    public required long AcknowledgedRecords { get; init; }

    /// <summary>Records a second.</summary>
    public double RecordsPerSecond => Seconds > 0 ? AcknowledgedRecords / Seconds : 0;

    /// <summary>Requests the server acknowledged.</summary>
    public required long AcknowledgedRequests { get; init; }

    /// <summary>Answers other than an acknowledgement, by status, and how many of each; a body sent again counts each time.</summary>
    public required IReadOnlyDictionary<string, long> Refusals { get; init; }

    /// <summary>Bodies that were given up.</summary>
    public required long UnacknowledgedRequests { get; init; }

    /// <summary>Time from sending to acknowledgement, over acknowledged requests.</summary>
    public required Latency Latency { get; init; }

    /// <summary>The longest time in which requests waited and none was acknowledged.</summary>
    public required double LongestStallMs { get; init; }

    /// <summary>Bytes of bodies sent, as they went over the wire.</summary>
    public required long WireBytes { get; init; }

    /// <summary>Bytes of bodies before compression.</summary>
    public required long PlainBytes { get; init; }

    /// <summary>Bodies built during the run because the buffer was too small: they took CPU from the server.</summary>
    public required long BodiesBuiltLate { get; init; }

    /// <summary>CPU seconds of the server, user and system, while it was measured.</summary>
    public double? ServerCpuSeconds { get; init; }

    /// <summary>CPU seconds of the server a million acknowledged records.</summary>
    public double? ServerCpuSecondsPerMillion => AcknowledgedRecords > 0 ? ServerCpuSeconds * 1_000_000 / AcknowledgedRecords : null;

    /// <summary>The largest resident memory of the server that was seen.</summary>
    public long? ServerMaxResidentBytes { get; init; }

    /// <summary>CPU seconds of this program while it sent.</summary>
    public required double OwnCpuSeconds { get; init; }

    /// <summary>How much the data folder grew.</summary>
    public long? DiskBytes { get; init; }

    /// <summary>Bytes the data folder grew by for each acknowledged record.</summary>
    public double? DiskBytesPerRecord => AcknowledgedRecords > 0 ? (double?)DiskBytes / AcknowledgedRecords : null;

    /// <summary>Each body that was sent, in order of its number.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyList<BodyResult> Bodies { get; init; } = [];
}
