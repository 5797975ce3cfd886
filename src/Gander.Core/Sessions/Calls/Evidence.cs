using Gander.Sessions.Facts;

namespace Gander.Sessions.Calls;

/// <summary>Gathers what is known of a session, and reads off it what is no call.</summary>
internal static class Evidence
{
    /// <summary>The records of a session that tell something, each once, earliest first.</summary>
    public static IReadOnlyList<LogFacts> Notes(EmitterFacts facts, SessionFacts session)
    {
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

        return evidence.Trees.SelectMany(tree => tree.Spans.ToArray())
            .Where(span => span.Title.Length > 0 && span.Session == evidence.Session.Id)
            .OrderBy(span => span.StartNanos).ThenBy(span => span.Span.Value)
            .Select(span => span.Title).FirstOrDefault("");
    }

    /// <summary>Whether the text of any prompt or answer was captured.</summary>
    public static bool HasContent(SessionEvidence evidence) =>
        evidence.Notes.Any(note => note.Kind is LogFactKind.UserPrompt or LogFactKind.Answer or LogFactKind.ModelCall && note.Call is { HasContent: true })
        || evidence.Trees.Any(tree => tree.Spans.ToArray().Any(span => span.Role is SpanRole.Turn or SpanRole.Model && span.Call is { HasContent: true }));

    /// <summary>Who used the agent, or null when no record says anything of it.</summary>
    public static SessionAccount? Account(SessionEvidence evidence)
    {
        var calls = evidence.Notes.Select(note => note.Call)
            .Concat(evidence.Trees.SelectMany(tree => tree.Spans.ToArray().Where(span => span.Session == evidence.Session.Id).Select(span => span.Call)))
            .OfType<CallFacts>().ToList();
        var account = new SessionAccount(
            Pick(call => call.Email), Pick(call => call.Account), Pick(call => call.Organization), Pick(call => call.Installation));
        return account == new SessionAccount(null, null, null, null) ? null : account;

        // Of several the last in ordinal order, so that it does not depend on what arrived first.
        string? Pick(Func<CallFacts, string> text) => calls.Select(text).Where(found => found.Length > 0).Max(StringComparer.Ordinal);
    }
}
