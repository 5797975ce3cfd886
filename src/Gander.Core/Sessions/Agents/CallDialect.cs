using System.Diagnostics;
using Gander.Sessions.Calls;
using Gander.Sessions.Facts;
using Gander.Telemetry;

namespace Gander.Sessions.Agents;

/// <summary>
/// An agent whose log records and spans each tell of calls, so that one call may be seen several times. The dialect says
/// which records and spans tell of what; finding the turns, matching what is the same call and choosing between sources is
/// done for all such agents alike (<see cref="CallTurns"/>).
/// </summary>
internal abstract class CallDialect : AgentDialect
{
    /// <summary>The agent of a call that makes a session's title: no part of what was asked and answered.</summary>
    public const string TitleAgent = "title";

    /// <summary>What the agent leaves out of its token numbers.</summary>
    public virtual TokenCounting Counting => TokenCounting.Whole;

    /// <summary>Where the texts of calls stand.</summary>
    public abstract CallTexts Texts { get; }

    /// <summary>Whether prompts and answers of turns are sent as conversations in JSON, whose last message is meant, and not as they were written.</summary>
    public virtual bool PromptsAreConversations => false;

    /// <inheritdoc/>
    public override bool Owns(InstrumentationScope scope) => false;

    /// <summary>What a log record of this event tells; most tell nothing.</summary>
    public abstract LogFactKind KindOf(ReadOnlySpan<byte> eventName);

    /// <summary>The same for agents that send several sorts of things under one name, of which <paramref name="eventKind"/> tells the sort.</summary>
    public virtual LogFactKind KindOf(ReadOnlySpan<byte> eventName, ReadOnlySpan<byte> eventKind) => KindOf(eventName);

    /// <summary>Puts right what the agent says in its own way. It may change the kind, also to nothing.</summary>
    public virtual void Complete(ref LogFacts facts, CallFacts call, AttributeView attributes)
    {
    }

    /// <inheritdoc cref="Complete(ref LogFacts, CallFacts, AttributeView)"/>
    public virtual void Complete(SpanFacts facts, CallFacts call, AttributeView attributes)
    {
    }

    /// <summary>Whether points of the metric of this name tell of sessions.</summary>
    public virtual bool KnowsMetric(ReadOnlySpan<byte> name) => false;

    /// <summary>What a point counts of a metric that the dialect knows, by the metric's name and the point's type.</summary>
    public virtual PointFactKind KindOfPoint(ReadOnlySpan<byte> name, ReadOnlySpan<byte> type) => PointFactKind.None;

    /// <summary>Whether lines, commits and pull requests have metrics of their own, so that where other metrics are and these are not there were none.</summary>
    public virtual bool CountsChanges => false;

    /// <summary>Whether metric points name no session, so that those of a process that served one session alone are that session's.</summary>
    public virtual bool MetricsNameNoSession => false;

    /// <inheritdoc/>
    public sealed override LogFactKind KindOfText(ReadOnlySpan<byte> text, int severity, out ReadOnlySpan<byte> tool)
    {
        tool = default;
        return LogFactKind.Other;
    }

    /// <inheritdoc/>
    public sealed override ReadOnlySpan<byte> ToolOf(SpanBatch batch, int row) => default;

    /// <inheritdoc/>
    internal sealed override Turn ReadTurn(TurnFacts facts) => throw new UnreachableException("The turns of such an agent are read together.");

    /// <inheritdoc/>
    internal sealed override IEnumerable<MissingPart> Missing(SessionShape shape) =>
        shape.Evidence is { } evidence ? Missing(shape, evidence) : [];

    /// <summary>What the session cannot show, the most important first.</summary>
    internal abstract IEnumerable<MissingPart> Missing(SessionShape shape, SessionEvidence evidence);

    /// <summary>Whether this is a session at all, and not what a program says of itself before a person does anything.</summary>
    internal virtual bool IsSession(SessionEvidence evidence, IReadOnlyList<Turn> turns) => turns.Count > 0 || evidence.Points.Count > 0;
}
