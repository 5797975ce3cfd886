namespace Gander.Load;

/// <summary>What to send, how, and for how long.</summary>
public sealed record LoadOptions
{
    /// <summary>Where to send: for gRPC the address itself, else <c>/v1/SIGNAL</c> is added.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>What to send.</summary>
    public LoadSignal Signal { get; init; } = LoadSignal.Traces;

    /// <summary>How to send.</summary>
    public Transport Transport { get; init; } = Transport.Protobuf;

    /// <summary>How bodies are packed.</summary>
    public BodyCompression Compression { get; init; } = BodyCompression.Gzip;

    /// <summary>Records a request.</summary>
    public int BatchSize { get; init; } = 512;

    /// <summary>Connections, each with one request at a time.</summary>
    public int Connections { get; init; } = 8;

    /// <summary>Records a second over all connections; null is flat out.</summary>
    public double? Rate { get; init; }

    /// <summary>Records to send, rounded up to whole bodies; null is until <see cref="Duration"/> is over.</summary>
    public long? Count { get; init; }

    /// <summary>How long to send; null is until <see cref="Count"/> is reached.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Bytes of bodies built before the clock starts. While more is left than a tenth of it, none are built.</summary>
    public long BufferBytes { get; init; } = 2L << 30;

    /// <summary>Threads that build bodies.</summary>
    public int Builders { get; init; } = Environment.ProcessorCount;

    /// <summary>How far back event times reach, the earliest body first; zero makes all of them current.</summary>
    public TimeSpan Spread { get; init; } = TimeSpan.Zero;

    /// <summary>Seed of everything random.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Which run this is, part of every <see cref="Generation.RecordId"/>.</summary>
    public ushort Run { get; init; } = 1;

    /// <summary>Sent as <c>Authorization: Bearer</c>.</summary>
    public string? Token { get; init; }

    /// <summary>How long one request may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a body that was refused for now, or whose answer was lost, is sent again with the same bytes; zero is never.</summary>
    public TimeSpan RetryFor { get; init; } = TimeSpan.Zero;

    /// <summary>A large text file to cut contents from, instead of the SDK's documentation.</summary>
    public string? CorpusFile { get; init; }

    /// <summary>The server's process, for its CPU time and memory.</summary>
    public int? ServerProcess { get; init; }

    /// <summary>The server's data folder, for bytes on disk.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>How long to go on measuring CPU, memory and disk after the last answer, for work the server put off.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.Zero;
}
