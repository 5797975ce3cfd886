using Gander.Sessions.Facts;

namespace Gander.Sessions.Agents;

/// <summary>Everything that belongs to one turn, ready for a dialect to read.</summary>
internal sealed class TurnFacts
{
    /// <summary>The trace it lies in.</summary>
    public required TraceTree Tree { get; init; }

    /// <summary>The span of the turn as an index into the tree, or -1 when it did not come (yet).</summary>
    public required int Root { get; init; }

    /// <summary>The spans of the turn as indexes into the tree, its own first, earliest start first.</summary>
    public required IReadOnlyList<int> Spans { get; init; }

    /// <summary>Log records and events of the turn, each once, earliest first.</summary>
    public required IReadOnlyList<LogFacts> Notes { get; init; }

    /// <summary>Records of tool calls that carry no session, of the session's own processes; earliest first.</summary>
    public required IReadOnlyList<LogFacts> ToolNotes { get; init; }

    /// <summary>Subagents that work for this turn, earliest first.</summary>
    public required IReadOnlyList<SubagentFacts> Subagents { get; init; }

    /// <summary>Whether the turn may still be going on: its span did not come and telemetry came lately.</summary>
    public required bool MayBeRunning { get; init; }

    /// <summary>Position in the session.</summary>
    public required int Index { get; init; }

    /// <summary>Where texts are read from, or null when only the summary is wanted.</summary>
    public FactTexts? Texts { get; init; }

    /// <summary>The span at an index.</summary>
    public SpanFacts this[int index] => Tree.Spans[index];
}
