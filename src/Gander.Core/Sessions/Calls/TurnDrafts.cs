using Gander.Sessions.Facts;
using Gander.Telemetry;

namespace Gander.Sessions.Calls;

/// <summary>
/// Sorts what was seen of a session into turns. A turn begins with the span of a turn, with the record of a prompt, or with
/// both; what else was seen belongs to the turn whose span is above it, whose prompt it names, whose trace it lies in, or
/// else to the last one that began before it.
/// </summary>
internal sealed class TurnDrafts
{
    private const long Slack = 1_000_000_000;

    private readonly List<TurnDraft> _drafts = [];
    private readonly Dictionary<(TraceId, SpanId), TurnDraft> _byRoot = [];
    private readonly Dictionary<string, TurnDraft> _byPrompt = new(StringComparer.Ordinal);
    private readonly Dictionary<TraceId, TurnDraft?> _byTrace = [];

    private TurnDrafts()
    {
    }

    /// <summary>The turns of a session, earliest first.</summary>
    public static List<TurnDraft> Of(SessionEvidence evidence)
    {
        var drafts = new TurnDrafts();
        var (spans, notes) = (drafts.AddRoots(evidence), drafts.AddPrompts(evidence));
        drafts._drafts.Sort(Compare);
        foreach (var sighting in notes.Count == 0
            ? spans.OrderBy(static sighting => sighting.StartNanos)
            : spans.Concat(notes).OrderBy(static sighting => sighting.StartNanos).ThenBy(static sighting => sighting.Source))
        {
            drafts.Place(sighting);
        }

        drafts._drafts.RemoveAll(draft => draft.IsCommand && draft.Sightings.Count == 0);
        return drafts._drafts;
    }

    private static int Compare(TurnDraft left, TurnDraft right) => left.StartNanos != right.StartNanos
        ? left.StartNanos.CompareTo(right.StartNanos)
        : string.CompareOrdinal(left.PromptId, right.PromptId);

    private List<Sighting> AddRoots(SessionEvidence evidence)
    {
        var rest = new List<Sighting>();
        foreach (var tree in evidence.Trees)
        {
            for (var i = 0; i < tree.Spans.Length; i++)
            {
                if (tree.SessionOf(i) != evidence.Session.Id || tree.Spans[i].Role is SpanRole.Other or SpanRole.Carrier)
                {
                    continue;
                }

                var sighting = new Sighting(tree, i);
                if (tree.Spans[i].Role == SpanRole.Turn && tree.TurnOf(i) == i)
                {
                    Begin(new TurnDraft { Root = sighting }, (tree.Spans[i].Trace, tree.Spans[i].Span));
                }
                else if (tree.Spans[i].Role == SpanRole.Prompt)
                {
                    Begin(new TurnDraft { Prompt = sighting }, (tree.Spans[i].Trace, tree.Spans[i].Span));
                }
                else
                {
                    rest.Add(sighting);
                }
            }
        }

        return rest;
    }

    private List<Sighting> AddPrompts(SessionEvidence evidence)
    {
        var rest = new List<Sighting>();
        var roots = _drafts.Where(draft => draft.Root is not null).OrderBy(draft => draft.StartNanos).ToList();
        var next = 0;
        foreach (var note in evidence.Notes)
        {
            var sighting = new Sighting(note);
            if (note.Kind != LogFactKind.UserPrompt)
            {
                if (note.Kind != LogFactKind.ProviderNamed)
                {
                    rest.Add(sighting);
                }

                continue;
            }

            var draft = _byRoot.TryGetValue((note.Trace, note.Span), out var exact) && exact.Prompt is null
                ? exact
                : NextCovering(roots, note, ref next);
            if (draft is null)
            {
                draft = new TurnDraft();
                Begin(draft, null);
            }

            draft.Prompt = sighting;
            Remember(draft, note.Trace);
            if (draft.PromptId.Length > 0)
            {
                _byPrompt.TryAdd(draft.PromptId, draft);
            }
        }

        return rest;
    }

    // Notes come earliest first: a turn that is over or has its prompt is not looked at again.
    private static TurnDraft? NextCovering(List<TurnDraft> roots, in LogFacts note, ref int next)
    {
        while (next < roots.Count && (roots[next].Prompt is not null || roots[next].Root!.EndNanos < note.TimeNanos))
        {
            next++;
        }

        for (var i = next; i < roots.Count && roots[i].Root!.StartNanos - Slack <= note.TimeNanos; i++)
        {
            if (roots[i].Prompt is null && Covers(roots[i], note))
            {
                return roots[i];
            }
        }

        return null;
    }

    private static bool Covers(TurnDraft draft, in LogFacts note) => draft.Root is { } root
        && (note.Trace.IsEmpty || note.Trace == root.TraceId)
        && note.TimeNanos >= root.StartNanos - Slack && note.TimeNanos <= root.EndNanos;

    private void Begin(TurnDraft draft, (TraceId Trace, SpanId Span)? root)
    {
        _drafts.Add(draft);
        if (root is { } id)
        {
            _byRoot.TryAdd(id, draft);
            Remember(draft, id.Trace);
            if (draft.PromptId.Length > 0)
            {
                _byPrompt.TryAdd(draft.PromptId, draft);
            }
        }
    }

    private void Remember(TurnDraft draft, TraceId trace)
    {
        if (!trace.IsEmpty && draft.Traces.Add(trace))
        {
            // A trace with several turns says nothing of what lies beside them.
            _byTrace[trace] = _byTrace.ContainsKey(trace) ? null : draft;
        }
    }

    private void Place(Sighting sighting)
    {
        var draft = Above(sighting)
            ?? (sighting.Call.PromptId.Length > 0 ? _byPrompt.GetValueOrDefault(sighting.Call.PromptId) : null)
            ?? (sighting.TraceId.IsEmpty ? null : _byTrace.GetValueOrDefault(sighting.TraceId))
            ?? LastBefore(sighting.StartNanos)
            ?? _drafts.FirstOrDefault();
        if (draft is null)
        {
            if (sighting.LogKind == LogFactKind.SessionEnd)
            {
                return;
            }

            draft = new TurnDraft();
            _drafts.Add(draft);
        }

        draft.Sightings.Add(sighting);
    }

    private TurnDraft? LastBefore(long startNanos)
    {
        var (low, high) = (0, _drafts.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _drafts[middle].StartNanos <= startNanos ? (middle + 1, high) : (low, middle);
        }

        return low > 0 ? _drafts[low - 1] : null;
    }

    private TurnDraft? Above(Sighting sighting)
    {
        if (sighting.Tree is not { } tree)
        {
            return null;
        }

        var turn = tree.TurnOf(sighting.Index);
        return turn >= 0 ? _byRoot.GetValueOrDefault((tree.Spans[turn].Trace, tree.Spans[turn].Span)) : null;
    }
}
