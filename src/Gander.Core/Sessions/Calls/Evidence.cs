using Gander.Sessions.Facts;

namespace Gander.Sessions.Calls;

/// <summary>Gathers what is known of a session, and reads off it what is no call.</summary>
internal static class Evidence
{
    /// <summary>The records of a session that tell something, each once, earliest first.</summary>
    public static IReadOnlyList<LogFacts> Notes(EmitterFacts facts, SessionFacts session)
    {
        if (session.Notes.Count == 0 && !session.Traces.Any(id => facts.Traces.TryGetValue(id, out var trace) && trace.Notes.Count > 0))
        {
            return [];
        }

        var notes = session.Notes.AsEnumerable();
        foreach (var id in session.Traces)
        {
            if (facts.Traces.TryGetValue(id, out var trace))
            {
                notes = notes.Concat(trace.Notes.Where(note => note.Session == session.Id || (note.Session.Length == 0 && trace.Sessions.Count == 1)));
            }
        }

        return [.. notes
            .DistinctBy(note => (note.TimeNanos, note.Sequence, note.Kind, note.Span, note.Tool, note.Call?.CallId, note.Call?.RequestId, note.Call?.Outcome, note.Emitter.ResourceId))
            .OrderBy(note => note.TimeNanos).ThenBy(note => note.Sequence).ThenBy(note => note.Kind)
            .ThenBy(note => $"{note.Call?.CallId}\0{note.Call?.RequestId}\0{note.Tool}", StringComparer.Ordinal).ThenBy(note => note.Span.Value).ThenBy(note => note.Call?.Outcome)];
    }

    /// <summary>The first line of the first prompt, or empty.</summary>
    public static string Title(SessionEvidence evidence)
    {
        foreach (var note in evidence.Notes)
        {
            if (note.Call?.Title is { Length: > 0 } title)
            {
                return title;
            }
        }

        SpanFacts? first = null;
        foreach (var tree in evidence.Trees)
        {
            foreach (var span in tree.Spans)
            {
                if (span.Title.Length > 0 && span.Session == evidence.Session.Id
                    && (first is null || (span.StartNanos, span.Span.Value).CompareTo((first.StartNanos, first.Span.Value)) < 0))
                {
                    first = span;
                }
            }
        }

        return first?.Title ?? "";
    }

    /// <summary>Whether the text of any prompt or answer was captured.</summary>
    public static bool HasContent(SessionEvidence evidence) =>
        evidence.Notes.Any(note => note.Kind is LogFactKind.UserPrompt or LogFactKind.Answer or LogFactKind.ModelCall && note.Call is { HasContent: true })
        || evidence.HasSpan(static span => span.Role is SpanRole.Turn or SpanRole.Model && span.Call is { HasContent: true });

    /// <summary>Who used the agent, or null when no record says anything of it.</summary>
    public static SessionAccount? Account(SessionEvidence evidence)
    {
        string? email = null, account = null, organization = null, installation = null;
        foreach (var note in evidence.Notes)
        {
            Look(note.Call);
        }

        foreach (var tree in evidence.Trees)
        {
            foreach (var span in tree.Spans)
            {
                Look(span.Session == evidence.Session.Id ? span.Call : null);
            }
        }

        return email is null && account is null && organization is null && installation is null ? null : new SessionAccount(email, account, organization, installation);

        void Look(CallFacts? call)
        {
            if (call is not null)
            {
                email = Later(email, call.Email);
                account = Later(account, call.Account);
                organization = Later(organization, call.Organization);
                installation = Later(installation, call.Installation);
            }
        }
    }

    // Of several the last in ordinal order, so that it does not depend on what arrived first.
    private static string? Later(string? known, string found) => found.Length > 0 && string.CompareOrdinal(found, known) > 0 ? found : known;
}
