namespace Gander.Load.Asking;

/// <summary>What is asked of a server that has telemetry already.</summary>
public sealed record AskOptions
{
    /// <summary>Where the pages and their API are, with a slash at the end.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>How often each question is asked, each time about another trace, session or service.</summary>
    public int Count { get; init; } = 100;

    /// <summary>Chooses what is asked about; the same seed asks about the same over the same telemetry.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Asks only questions whose name contains this.</summary>
    public string? Only { get; init; }

    /// <summary>Sent as a bearer token; null sends none.</summary>
    public string? Token { get; init; }

    /// <summary>The server's process, for its CPU time; null leaves that out.</summary>
    public int? ServerProcess { get; init; }
}
