using Gander.Sessions.Facts;
using Gander.Sessions.Usage;

namespace Gander.Sessions;

/// <summary>
/// What is shown of a session whose telemetry met a fault in Gander: who, when, and that the rest is missing. It takes the
/// session's place in lists, so that nobody mistakes it for one that never was.
/// </summary>
internal static class UnreadableSession
{
    /// <summary>Makes it of what is known without the dialect; null when not even a time is.</summary>
    public static Session? Of(EmitterFacts facts, SessionFacts session, Emitter emitter, IReadOnlyList<SessionRun> runs, FoldContext context, string reason)
    {
        var (start, end) = (session.FirstNanos, session.LastNanos);
        foreach (var id in session.Traces)
        {
            foreach (var span in facts.Traces.GetValueOrDefault(id)?.Spans ?? [])
            {
                if (span.Session == session.Id || span.Session.Length == 0)
                {
                    (start, end) = (Math.Min(start, span.StartNanos), Math.Max(end, span.EndNanos));
                }
            }
        }

        foreach (var run in runs)
        {
            (start, end) = (Math.Min(start, run.StartNanos), Math.Max(end, run.EndNanos));
        }

        foreach (var point in start > end ? session.Points.Values : Enumerable.Empty<PointFacts>())
        {
            (start, end) = (Math.Min(start, point.TimeNanos), Math.Max(end, point.TimeNanos));
        }

        if (start > end)
        {
            return null;
        }

        var summary = new SessionSummary
        {
            Key = KeyOf(session, emitter, runs),
            Id = session.Id,
            EmitterId = emitter.Id,
            Agent = emitter.Agent,
            AgentVersion = emitter.Version,
            User = emitter.User,
            Team = emitter.Team,
            Host = emitter.Host,
            Repository = emitter.Repository,
            Project = emitter.Project,
            StartNanos = start,
            EndNanos = end,
            Status = SessionStatus.Unknown,
            Missing = [new MissingPart("turns and figures", $"Gander has a fault that its telemetry brings out ({reason}). The telemetry itself is stored, and is read anew by a version without the fault.", null)],
            Runs = runs,
        };
        return new Session(summary, []) { Usage = UsageBuilder.Of(summary, [], context.Table) };
    }

    /// <summary>The key it has in any case.</summary>
    public static string KeyOf(SessionFacts session, Emitter emitter, IReadOnlyList<SessionRun> runs) =>
        session.Id.Length > 0 || runs.Count == 0 ? SessionKey.OfSession(emitter, session.Id) : SessionKey.OfRun(emitter, runs[0].ResourceId, runs[0].StartNanos);
}
