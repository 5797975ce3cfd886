namespace Gander.Load.Comparing;

/// <summary>What a comparison loads and asks.</summary>
public sealed record CompareOptions
{
    /// <summary>Series; they are made for whole instances of 46 series each and cut to this number of instances.</summary>
    public int Series { get; init; } = 50_000;

    /// <summary>Hours of samples up to now.</summary>
    public int Hours { get; init; } = 24;

    /// <summary>How often each query is asked at least, after one asking that warms up.</summary>
    public int Runs { get; init; } = 5;

    /// <summary>How long each query is asked at least, since CPU time is told in ticks of 10 ms.</summary>
    public TimeSpan LeastAsking { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Requests under way at a time; each has series of its own, so that every series' samples arrive in order.</summary>
    public int Connections { get; init; } = 4;

    /// <summary>Gander's program, or its DLL.</summary>
    public required string Gander { get; init; }

    /// <summary>Prometheus's program; null measures Gander alone.</summary>
    public string? Prometheus { get; init; }

    /// <summary>Where both servers keep their data. A folder that was loaded before is asked again without loading.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Asks only queries whose name contains this.</summary>
    public string? Only { get; init; }

    /// <summary>Seconds of quiet between the load and the queries, in which servers pack what they took.</summary>
    public int SettleSeconds { get; init; } = 10;
}
