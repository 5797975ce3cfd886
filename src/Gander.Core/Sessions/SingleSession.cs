using Gander.Sessions.Agents;
using Gander.Sessions.Calls;
using Gander.Sessions.Facts;
using Gander.Sessions.Usage;
using Gander.Telemetry;

namespace Gander.Sessions;

/// <summary>Folds one session: groups its spans into turns, has its dialect read them, and adds up what they show.</summary>
internal sealed class SingleSession(
    EmitterFacts facts,
    SessionFacts session,
    (Emitter Emitter, AgentDialect Dialect) source,
    IReadOnlyList<SessionRun> runs,
    bool ambiguous,
    FoldContext context,
    Func<TraceFacts, TraceTree> treeOf)
{
    // goose writes the record of a tool's end a moment after the span of the turn ended.
    private const long NoteSlack = 100_000_000;

    private readonly List<Group> _groups = [];
    private readonly SortedSet<string> _children = new(StringComparer.Ordinal);
    private List<LogFacts> _records = [];
    private SessionEvidence? _evidence;
    private long _first = Math.Min(session.FirstNanos, runs.Count > 0 ? runs.Min(run => run.StartNanos) : long.MaxValue);
    private long _last = Math.Max(session.LastNanos, runs.Count > 0 ? runs.Max(run => run.EndNanos) : long.MinValue);
    private string _parent = "";
    private string _title = "";
    private bool _hasContent;
    private bool _speaksGenAi;
    private long _droppedEvents;

    public Session? Fold(FactTexts? texts)
    {
        FindGroups();
        if (_first > _last && session.Points.Count > 0)
        {
            // Nothing but metrics: their times are those of exports, and are better than none.
            (_first, _last) = (session.Points.Values.Min(point => point.StartNanos > 0 ? point.StartNanos : point.TimeNanos), session.Points.Values.Max(point => point.TimeNanos));
        }

        if (_first > _last)
        {
            return null;
        }

        _records = [.. facts.Loose.Concat(session.Notes).Where(IsOwn)
            .DistinctBy(record => (record.TimeNanos, record.Kind, record.Tool, record.Failed))
            .OrderBy(record => record.TimeNanos).ThenBy(record => record.Kind).ThenBy(record => record.Tool, StringComparer.Ordinal)];
        var turns = source.Dialect is CallDialect calls ? ReadCalls(calls, texts) : ReadGroups(texts);
        if (turns is null)
        {
            return null;
        }

        var summary = Summarise(turns);
        var usage = UsageBuilder.Of(summary, turns, context.Table);
        return new Session(UsagePricing.Complete(summary, usage), turns) { Usage = usage };
    }

    // Agents that tell of their calls in several ways; null when this is no session after all.
    private List<Turn>? ReadCalls(CallDialect dialect, FactTexts? texts)
    {
        var trees = session.Traces.Order(Comparer<TraceId>.Create(CompareTraces))
            .Select(id => facts.Traces.GetValueOrDefault(id)).OfType<TraceFacts>().Where(trace => trace.Spans.Count > 0).Select(treeOf).ToList();
        _evidence = new SessionEvidence
        {
            Session = session,
            Trees = trees,
            Notes = Evidence.Notes(facts, session),
            Points = [.. session.Points.Values
                .Concat(facts.Processes.Values.Where(process => process.ServedOnly(session.Id)).SelectMany(process => process.Points.Values))
                .OrderBy(point => point.Identity)],
            IsSilent = context.NowNanos - _last >= context.RunningNanos,
            Texts = texts,
        };
        var turns = CallTurns.Read(dialect, _evidence).ConvertAll(turn => UsagePricing.Price(SessionSums.Complete(turn), context.Table));
        _title = Evidence.Title(_evidence);
        _hasContent |= Evidence.HasContent(_evidence);
        return dialect.IsSession(_evidence, turns) ? turns : null;
    }

    private List<Turn> ReadGroups(FactTexts? texts)
    {
        var turns = new List<Turn>(_groups.Count);
        foreach (var group in _groups.OrderBy(group => group.StartNanos).ThenBy(group => group.Tree.Spans[group.Spans[0]].Span.Value))
        {
            turns.Add(ReadTurn(group, turns.Count, texts));
        }

        return turns;
    }

    private bool IsOwn(LogFacts record)
    {
        foreach (var run in runs)
        {
            if (record.Emitter.ResourceId == run.ResourceId && record.TimeNanos >= run.StartNanos && record.TimeNanos <= run.EndNanos + NoteSlack)
            {
                return record.Kind switch
                {
                    LogFactKind.SessionCompleted => run.Ended && record.TimeNanos == run.EndNanos,
                    LogFactKind.TokenCounter => !run.Shared,
                    LogFactKind.ToolStarted or LogFactKind.ToolCompleted => !run.Shared && record.TimeNanos <= run.EndNanos,
                    _ => false,
                };
            }
        }

        return false;
    }

    private void FindGroups()
    {
        foreach (var id in session.Traces.Order(Comparer<TraceId>.Create(CompareTraces)))
        {
            if (!facts.Traces.TryGetValue(id, out var trace) || trace.Spans.Count == 0)
            {
                continue;
            }

            var tree = treeOf(trace);
            var byTurn = new Dictionary<int, Group>();
            for (var i = 0; i < tree.Spans.Length; i++)
            {
                if (tree.SessionOf(i) != session.Id)
                {
                    continue;
                }

                Count(tree, i);
                if (source.Dialect is not CallDialect)
                {
                    var turn = tree.TurnOf(i);
                    if (!byTurn.TryGetValue(turn, out var group))
                    {
                        group = new Group(tree, turn, tree.Spans[i].StartNanos);
                        byTurn.Add(turn, group);
                        _groups.Add(group);
                    }

                    group.Spans.Add(i);
                    group.EndNanos = Math.Max(group.EndNanos, tree.Spans[i].EndNanos);
                }
            }

            AddSubagents(tree, byTurn);
        }
    }

    private static int CompareTraces(TraceId left, TraceId right) =>
        left.High != right.High ? left.High.CompareTo(right.High) : left.Low.CompareTo(right.Low);

    private void Count(TraceTree tree, int index)
    {
        var span = tree.Spans[index];
        _first = Math.Min(_first, span.StartNanos);
        _last = Math.Max(_last, span.EndNanos);
        _hasContent |= span.Has(SpanTraits.HasContent);
        _speaksGenAi |= span.Has(SpanTraits.SpeaksGenAi);
        _droppedEvents += span.DroppedEvents;
        if (span.Role == SpanRole.Turn && _parent.Length == 0)
        {
            _parent = tree.ForeignSessionAbove(index);
        }
    }

    private void AddSubagents(TraceTree tree, Dictionary<int, Group> byTurn)
    {
        if (tree.Trace.Sessions.Count < 2)
        {
            return;
        }

        for (var i = 0; i < tree.Spans.Length; i++)
        {
            var span = tree.Spans[i];
            if (span.Role != SpanRole.Turn || tree.SessionOf(i).Length == 0 || tree.TurnOf(i) != i || tree.ForeignSessionAbove(i) != session.Id)
            {
                continue;
            }

            var caller = tree.ParentOf(i);
            while (caller >= 0 && tree.SessionOf(caller) != session.Id)
            {
                caller = tree.ParentOf(caller);
            }

            var key = SessionKey.OfSession(source.Emitter, tree.SessionOf(i));
            _children.Add(key);
            if (caller >= 0 && byTurn.TryGetValue(tree.TurnOf(caller), out var group))
            {
                var name = span.AgentName.Length > 0 ? span.AgentName : "subagent";
                group.Subagents.Add(new SubagentFacts(key, name, span.StartNanos, span.EndNanos, span.Status == 2, span.Span));
            }
        }
    }

    private Turn ReadTurn(Group group, int index, FactTexts? texts)
    {
        var running = group.Turn < 0
            && context.NowNanos - _last < context.RunningNanos
            && !runs.Any(run => run.Ended && run.EndNanos >= group.EndNanos && run.StartNanos <= group.StartNanos);
        if (group.Turn >= 0 && _title.Length == 0)
        {
            _title = group.Tree.Spans[group.Turn].Title;
        }

        var turn = SessionSums.Complete(UsagePricing.Price(source.Dialect.ReadTurn(new TurnFacts
        {
            Tree = group.Tree,
            Root = group.Turn,
            Spans = group.Spans,
            Notes = NotesOf(group),
            ToolNotes = [.. _records.Where(record => record.Kind is LogFactKind.ToolStarted or LogFactKind.ToolCompleted
                && record.TimeNanos >= group.StartNanos && record.TimeNanos <= (group.Turn < 0 ? long.MaxValue : group.EndNanos + NoteSlack))],
            Subagents = group.Subagents,
            MayBeRunning = running,
            Index = index,
            Texts = texts,
        }), context.Table));
        group.HiddenCompaction = NotesOf(group).Exists(note => note.Kind == LogFactKind.Compaction)
            && !group.Spans.Exists(span => group.Tree.Spans[span].Role == SpanRole.Compaction);
        return turn;
    }

    private List<LogFacts> NotesOf(Group group)
    {
        if (group.Tree.Trace.Notes.Count == 0 && session.Notes.Count == 0)
        {
            return [];
        }

        var spans = group.Spans.Select(index => group.Tree.Spans[index].Span).ToHashSet();
        return [.. group.Tree.Trace.Notes.Where(note => spans.Contains(note.Span)
                || (note.Session == session.Id && !group.Tree.Contains(note.Span) && Covers(group, note.TimeNanos)))
            .Concat(session.Notes.Where(note => Covers(group, note.TimeNanos)))
            .DistinctBy(note => (note.TimeNanos, note.Kind, note.IsEvent, note.Span, note.Tool))
            .OrderBy(note => note.TimeNanos).ThenBy(note => note.IsEvent)];
    }

    private static bool Covers(Group group, long time) => time >= group.StartNanos && (group.Turn < 0 || time <= group.EndNanos + NoteSlack);

    private SessionSummary Summarise(List<Turn> turns)
    {
        var figures = new StepFigures(turns);
        var (tokens, provenance) = Tokens(figures);
        var lastRun = runs.Count > 0 ? runs.MaxBy(run => (run.StartNanos, run.EndNanos)) : default;
        var end = _records.FindLast(record => record.Kind == LogFactKind.SessionCompleted && record.TimeNanos == lastRun.EndNanos);
        var exit = lastRun.Ended && end.Detail is "normal" or "error" ? end.Detail : null;
        var isSilent = context.NowNanos - _last >= context.RunningNanos;
        var ended = lastRun.Ended || SaysEnd(turns);
        var status = Status(turns, ended, exit, isSilent);
        var summary = new SessionSummary
        {
            Key = session.Id.Length > 0 ? SessionKey.OfSession(source.Emitter, session.Id) : SessionKey.OfRun(source.Emitter, runs[0].ResourceId, runs[0].StartNanos),
            Id = session.Id,
            EmitterId = source.Emitter.Id,
            Agent = AgentName(),
            AgentVersion = source.Emitter.Version,
            User = source.Emitter.User,
            Team = source.Emitter.Team,
            Host = source.Emitter.Host,
            Repository = source.Emitter.Repository,
            Project = source.Emitter.Project,
            StartNanos = _first,
            EndNanos = _last,
            Status = status,
            Exit = exit,
            Title = _title.Length > 0 ? _title : null,
            Models = figures.Models,
            ModelUses = figures.ModelUses,
            Providers = figures.Providers,
            TurnCount = turns.Count,
            ModelCalls = figures.ModelCalls,
            ModelErrors = figures.ModelErrors,
            ToolCalls = figures.ToolCalls,
            ToolFailures = figures.ToolFailures,
            ToolDenials = figures.ToolDenials,
            ToolFailuresKnown = figures.ToolFailuresKnown,
            Tools = figures.ToolUses(),
            Tokens = tokens,
            TokensProvenance = provenance,
            ReportedCostUsd = figures.ReportedCostUsd,
            Changes = figures.Changes,
            WaitNanos = figures.WaitNanos,
            Sources = figures.Sources with { Duration = ended ? FigureSource.Log : FigureSource.Derived },
            Missing = [.. source.Dialect.Missing(Shape(turns, status, end, provenance))],
            Parent = _parent.Length > 0 ? SessionKey.OfSession(source.Emitter, _parent) : null,
            Children = [.. _children],
            Runs = runs,
        };
        if (_evidence is { } evidence && source.Dialect is CallDialect dialect)
        {
            summary = SessionMetrics.Complete(summary with { Account = Evidence.Account(evidence) }, dialect, evidence);
            summary = summary with { User = summary.User ?? summary.Account?.Email, Missing = SessionMetrics.Unexplained(summary) is { } part ? [.. summary.Missing, part] : summary.Missing };
            return summary;
        }

        if (status != SessionStatus.Running || turns.Exists(turn => turn.Status == SessionStatus.Running))
        {
            return summary;
        }

        var later = Status(turns, lastRun.Ended, exit, isSilent: true);
        return summary with { WhenSilent = new SilentState(later, [.. source.Dialect.Missing(Shape(turns, later, end, provenance))]) };
    }

    // An agent's record of the end counts unless a turn began after it.
    private bool SaysEnd(List<Turn> turns) => _evidence is { } evidence && turns.Count > 0
        && evidence.Notes.Any(note => note.Kind == LogFactKind.SessionEnd && note.TimeNanos >= turns[^1].StartNanos);

    // An emitter that keeps a known agent's contract without being it goes by its own name.
    private string AgentName() =>
        source.Emitter.Dialect is null && source.Dialect.Agent is { } agent && source.Emitter.SdkLanguage is "rust" or "" ? agent : source.Emitter.Agent;

    private (TokenUsage Tokens, string Provenance) Tokens(StepFigures figures)
    {
        if (figures.HasTokens)
        {
            return (figures.Tokens, "reported");
        }

        var counter = _speaksGenAi || figures.ModelCalls == 0
            ? default
            : _records.FindLast(record => record is { Kind: LogFactKind.TokenCounter or LogFactKind.SessionCompleted, Tokens: > 0 });
        return counter.Tokens > 0 ? (new TokenUsage(counter.Tokens, 0, 0, 0, 0), "derived") : (figures.Tokens, "unknown");
    }

    private SessionStatus Status(List<Turn> turns, bool ended, string? exit, bool isSilent)
    {
        var last = turns.Count > 0 ? turns[^1].Status : SessionStatus.Unknown;
        if (ended)
        {
            return exit == "error" ? SessionStatus.Error : last is SessionStatus.Error or SessionStatus.Interrupted ? last : SessionStatus.Ok;
        }

        if (_parent.Length > 0 && last is not SessionStatus.Unknown)
        {
            return last;
        }

        return !isSilent ? SessionStatus.Running : last == SessionStatus.Running ? SessionStatus.Unknown : last;
    }

    private SessionShape Shape(List<Turn> turns, SessionStatus status, LogFacts end, string provenance) => new()
    {
        Turns = turns,
        Runs = runs,
        Status = status,
        IsSubagent = _parent.Length > 0,
        HasContent = _hasContent,
        Unsampled = session.Unsampled,
        Ambiguous = ambiguous,
        DroppedEvents = _droppedEvents,
        Messages = end.Kind == LogFactKind.SessionCompleted ? end.Messages : -1,
        HiddenCompactions = _groups.Count(group => group.HiddenCompaction),
        LoggedTools = turns.Count > 0 ? [] : [.. _records.Where(record => record.Kind == LogFactKind.ToolStarted).Select(record => record.Tool)],
        HasSharedToolRecords = turns.Exists(turn => turn.Steps.Any(step => step is { Kind: StepKind.Tool, Status: StepStatus.Unknown })) && runs.Any(run => run.Shared),
        Evidence = _evidence,
        TokensProvenance = provenance,
    };

    private sealed class Group(TraceTree tree, int turn, long startNanos)
    {
        public TraceTree Tree { get; } = tree;

        public int Turn { get; } = turn;

        public long StartNanos { get; } = startNanos;

        public long EndNanos { get; set; } = long.MinValue;

        public bool HiddenCompaction { get; set; }

        public List<int> Spans { get; } = [];

        public List<SubagentFacts> Subagents { get; } = [];
    }
}
