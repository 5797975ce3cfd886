namespace Gander.Load.RemoteWrite;

/// <summary>What a remote write run sends.</summary>
public sealed record RemoteWriteOptions
{
    /// <summary>Where to, with a slash at the end.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>Series, each with one sample a round.</summary>
    public int Series { get; init; } = 50_000;

    /// <summary>Samples of one request; Prometheus sends 2,000.</summary>
    public int SamplesPerRequest { get; init; } = 2_000;

    /// <summary>Rounds to send, 15 seconds of sample time apart.</summary>
    public int Rounds { get; init; } = 200;

    /// <summary>How long to send at most.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Protocol 1 or 2.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Connections, each with one request at a time.</summary>
    public int Connections { get; init; } = 8;

    /// <summary>Sent as <c>Authorization: Bearer</c>.</summary>
    public string? Token { get; init; }

    /// <summary>The server's process, for its CPU time and memory.</summary>
    public int? ServerProcess { get; init; }

    /// <summary>The server's data folder, for bytes on disk.</summary>
    public string? DataDirectory { get; init; }
}
