namespace Gander.Agent.Loop;

/// <summary>How an agent behaves.</summary>
public sealed record AgentOptions
{
    /// <summary>Where the session works, as a full path.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>Instructions of the person for the whole session, behind the agent's own.</summary>
    public string? Instructions { get; init; }

    /// <summary>Model calls a turn may have before the person is asked whether to go on; retries do not count.</summary>
    public int MaxSteps { get; init; } = 1_000;

    /// <summary>How often in a row the same tool may be called with the same arguments; null means without limit.</summary>
    public int? MaxToolRepetitions { get; init; }

    /// <summary>Calls of one answer that run at the same time.</summary>
    public int MaxParallelTools { get; init; } = 8;

    /// <summary>Characters of a tool's answer that the model sees; the middle of a longer one is left out, and its form for programs where that has more bytes.</summary>
    public int MaxToolResultLength { get; init; } = 200_000;

    /// <summary>Bytes of pictures and other data in one answer of a tool; what comes beyond is named and left out.</summary>
    public int MaxToolResultBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>The share of the model's limit at which the conversation is summed up, above 0 and up to 1; 0 switches that off.</summary>
    public double CompactionThreshold { get; init; } = 0.8;

    /// <summary>The model's temperature; null leaves it to the provider.</summary>
    public float? Temperature { get; init; }

    /// <summary>A session without a name asks the model for a title, beside its first turn.</summary>
    public bool NamesSessions { get; init; } = true;

    /// <summary>How long a stream may stay silent before it counts as broken.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromMinutes(10);
}
