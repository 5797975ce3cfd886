namespace Gander.Sessions.Agents;

/// <summary>One model call of a turn, pieced together from the spans that show parts of it.</summary>
internal sealed class ModelCall
{
    /// <summary>The outermost span of the call, as an index into the tree.</summary>
    public required int Span { get; init; }

    /// <summary>The spans inside it that show the same call.</summary>
    public List<int> Parts { get; } = [];

    /// <summary>Start, Unix nanoseconds.</summary>
    public long StartNanos { get; init; }

    /// <summary>Tokens, or null when none were reported.</summary>
    public TokenUsage? Tokens { get; set; }

    /// <summary>Whether the model answered at all.</summary>
    public bool Answered { get; set; }

    /// <summary>Whether the call failed.</summary>
    public bool Failed { get; set; }

    /// <summary>Why, when known.</summary>
    public string? Error { get; set; }
}
