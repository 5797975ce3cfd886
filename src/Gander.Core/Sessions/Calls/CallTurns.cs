using Gander.Sessions.Agents;
using Gander.Sessions.Facts;

namespace Gander.Sessions.Calls;

/// <summary>Reads the turns of a session whose agent tells of its calls in log records, in spans, or in both.</summary>
internal static class CallTurns
{
    /// <summary>The turns, earliest first, without the sums of their steps.</summary>
    public static List<Turn> Read(CallDialect dialect, SessionEvidence evidence)
    {
        var drafts = TurnDrafts.Of(evidence);
        var turns = new List<Turn>(drafts.Count);
        foreach (var draft in drafts)
        {
            turns.Add(TurnOf(draft, turns.Count, dialect, evidence));
        }

        return turns;
    }

    private static Turn TurnOf(TurnDraft draft, int index, CallDialect dialect, SessionEvidence evidence)
    {
        var steps = new List<Step>(draft.Sightings.Count);
        ModelCalls.AddSteps(steps, draft.Sightings, dialect, evidence);
        ToolCalls.AddSteps(steps, draft.Sightings, dialect, evidence);
        steps.Sort(static (left, right) =>
            left.StartNanos != right.StartNanos ? left.StartNanos.CompareTo(right.StartNanos)
            : left.Kind != right.Kind ? left.Kind.CompareTo(right.Kind)
            : left.SpanId != right.SpanId ? left.SpanId.Value.CompareTo(right.SpanId.Value)
            : string.CompareOrdinal($"{left.CallId}\0{left.Name}", $"{right.CallId}\0{right.Name}"));
        var (start, end) = (draft.StartNanos, draft.Root?.EndNanos ?? long.MinValue);
        foreach (var sighting in draft.Sightings)
        {
            if (sighting.LogKind != LogFactKind.SessionEnd)
            {
                (start, end) = (Math.Min(start, sighting.StartNanos), Math.Max(end, sighting.EndNanos));
            }
        }

        var status = StatusOf(draft, steps, evidence.IsSilent);
        return new Turn
        {
            Index = index,
            StartNanos = start,
            EndNanos = Math.Max(start, end),
            Status = status,
            TraceId = draft.Root?.TraceId ?? draft.Prompt?.TraceId ?? steps.Find(step => !step.TraceId.IsEmpty)?.TraceId ?? default,
            Prompt = PromptOf(draft, dialect, evidence.Texts),
            Answer = AnswerOf(draft, dialect, evidence.Texts),
            Error = status == SessionStatus.Error ? steps.FindLast(step => step is { Kind: StepKind.Model, Status: StepStatus.Error })?.Error : null,
            Steps = steps,
            Sources = new FigureSources(
                default, default, draft.Root is null ? FigureSource.Derived : FigureSource.Span, FigureSource.Unknown),
        };
    }

    private static SessionStatus StatusOf(TurnDraft draft, List<Step> steps, bool isSilent)
    {
        var last = steps.Count > 0 ? steps[^1] : null;
        if (draft.Root?.Call.Interrupted ?? false)
        {
            return SessionStatus.Interrupted;
        }

        if (steps.FindLast(step => step.Kind == StepKind.Model) is { Status: StepStatus.Error } || draft.Root?.Span is { Status: 2 })
        {
            return SessionStatus.Error;
        }

        // A person who refuses a call and gives no reason ends the turn with it.
        if (last is { Status: StepStatus.Denied, DecidedBy: "user_reject" or "user_abort" })
        {
            return SessionStatus.Interrupted;
        }

        if (draft.Root is not null || draft.Sightings.Exists(sighting => sighting.LogKind is LogFactKind.Answer or LogFactKind.SessionEnd))
        {
            return SessionStatus.Ok;
        }

        return !isSilent ? SessionStatus.Running : last is { Kind: StepKind.Model, Status: StepStatus.Ok } ? SessionStatus.Ok : SessionStatus.Unknown;
    }

    private static string? PromptOf(TurnDraft draft, CallDialect dialect, FactTexts? texts)
    {
        var keys = dialect.Texts.Prompt;
        var whole = draft.Prompt?.Text(texts, keys) ?? draft.Root?.Text(texts, keys);
        if (!dialect.PromptsAreConversations)
        {
            return whole;
        }

        // A model is sent what was asked, also where the span of the turn is silent or was lost.
        whole ??= ModelAnswers(draft).Select(sighting => sighting.Text(texts, keys)).FirstOrDefault(text => text is not null);
        return whole is null ? null : ConversationText.Last(whole, "user") ?? whole;
    }

    private static string? AnswerOf(TurnDraft draft, CallDialect dialect, FactTexts? texts)
    {
        var answer = texts is null ? null : ModelAnswers(draft).Select(sighting => sighting.Text(texts, dialect.Texts.Answer)).LastOrDefault(text => text is not null);
        return answer is null || !dialect.PromptsAreConversations ? answer
            : !answer.StartsWith('[') ? answer
            : ConversationText.Last(answer, "assistant");
    }

    private static IEnumerable<Sighting> ModelAnswers(TurnDraft draft) => draft.Sightings
        .Where(sighting => (sighting.LogKind is LogFactKind.Answer or LogFactKind.ModelCall || sighting.Span is { Role: SpanRole.Model })
            && sighting.Call.Agent != CallDialect.TitleAgent)
        .OrderBy(sighting => sighting.EndNanos);
}
