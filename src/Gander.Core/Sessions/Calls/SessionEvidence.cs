using Gander.Sessions.Facts;

namespace Gander.Sessions.Calls;

/// <summary>All that is known of one session of an agent that tells of its calls in several ways.</summary>
internal sealed class SessionEvidence
{
    /// <summary>The session.</summary>
    public required SessionFacts Session { get; init; }

    /// <summary>The traces it occurs in, in an order of their own.</summary>
    public required IReadOnlyList<TraceTree> Trees { get; init; }

    /// <summary>Its log records that tell something, each once, earliest first.</summary>
    public required IReadOnlyList<LogFacts> Notes { get; init; }

    /// <summary>Its metric points, each once.</summary>
    public required IReadOnlyList<PointFacts> Points { get; init; }

    /// <summary>Whether no telemetry came for so long that nothing of it can still be going on.</summary>
    public required bool IsSilent { get; init; }

    /// <summary>Where texts are read from, or null when only the summary is wanted.</summary>
    public FactTexts? Texts { get; init; }
}
