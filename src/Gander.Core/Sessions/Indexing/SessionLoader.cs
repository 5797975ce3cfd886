using Gander.Sessions.Facts;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Sessions.Indexing;

/// <summary>Brings what the fold needs and memory lacks from the stores into an emitter's entry.</summary>
internal sealed class SessionLoader(SessionReader reader, ISessionStore store, long lookbackNanos)
{
    /// <summary>A lookback before <paramref name="time"/>.</summary>
    public long Back(long time) => time < long.MinValue + lookbackNanos ? long.MinValue : time - lookbackNanos;

    /// <summary>Brings all facts of the sessions into memory: one that is new there may have a past in the store.</summary>
    public async Task CompleteAsync(ulong id, EmitterEntry entry, IReadOnlyList<string> sessionIds, CancellationToken cancellationToken)
    {
        var toRead = new List<string>();
        var from = long.MaxValue;
        foreach (var sessionId in sessionIds)
        {
            var session = entry.SessionOf(sessionId);
            if (session.IsComplete)
            {
                continue;
            }

            session.Saved ??= await FindAsync(id, entry, sessionId, cancellationToken).ConfigureAwait(false);
            if (session.Saved is null && !session.NeedsStore && entry.Facts.Sessions.ContainsKey(sessionId) && !entry.Facts.ProcessesOf(sessionId).Any())
            {
                session.IsComplete = true;
                continue;
            }

            toRead.Add(sessionId);
            if (session.Saved is { } saved)
            {
                from = Math.Min(from, Back(saved.StartNanos));
                Expect(entry, saved);
                toRead.AddRange(await RelativesAsync(saved, cancellationToken).ConfigureAwait(false));
            }
            else
            {
                from = Math.Min(from, entry.WantedFromNanos == long.MaxValue ? long.MinValue : entry.WantedFromNanos);
            }
        }

        if (toRead.Count == 0)
        {
            return;
        }

        await reader.ReadAsync(
            id,
            toRead,
            new TimeRange(from, long.MaxValue),
            RecordDetail.Everything,
            (facts, _, _) =>
            {
                entry.Facts.Absorb(facts);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        foreach (var sessionId in toRead)
        {
            var session = entry.SessionOf(sessionId);
            (session.IsComplete, session.NeedsStore) = (true, false);
        }
    }

    private async Task<SessionSummary?> FindAsync(ulong id, EmitterEntry entry, string sessionId, CancellationToken cancellationToken)
    {
        if (entry.Facts.Sessions.TryGetValue(sessionId, out var facts) && facts.Source is { } source)
        {
            return await store.FindAsync(SessionKey.OfSession(source.Emitter, sessionId), cancellationToken).ConfigureAwait(false);
        }

        var found = await store.ListAsync(new SessionQuery(EmitterId: id, SessionId: sessionId, Limit: 1), cancellationToken).ConfigureAwait(false);
        return found.Count > 0 ? found[0] : null;
    }

    private async Task<List<string>> RelativesAsync(SessionSummary summary, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        foreach (var key in summary.Parent is { } parent ? summary.Children.Prepend(parent) : summary.Children)
        {
            if (await store.FindAsync(key, cancellationToken).ConfigureAwait(false) is { } found)
            {
                ids.Add(found.Id);
            }
        }

        return ids;
    }

    private void Expect(EmitterEntry entry, SessionSummary saved)
    {
        foreach (var run in saved.Runs)
        {
            if (entry.Resources.Add(run.ResourceId))
            {
                entry.ContextFromNanos = long.MaxValue;
            }

            entry.WantedFromNanos = Math.Min(entry.WantedFromNanos, Back(run.StartNanos));
        }
    }

    /// <summary>Brings in what runs are matched with: all loose records of the emitter and all its activity, from a lookback before the first that counts.</summary>
    public async Task ReadContextAsync(ulong id, EmitterEntry entry, CancellationToken cancellationToken)
    {
        if (entry.WantedFromNanos >= entry.ContextFromNanos)
        {
            return;
        }

        var from = entry.WantedFromNanos;
        var range = new TimeRange(from, long.MaxValue);
        var near = await store.ListAsync(new SessionQuery(Range: range, EmitterId: id, Limit: 1_000), cancellationToken).ConfigureAwait(false);
        foreach (var summary in near)
        {
            entry.Resources.UnionWith(summary.Runs.Select(run => run.ResourceId));
            if (summary.Id.Length == 0)
            {
                entry.Nameless[summary.Key] = summary;
            }
            else
            {
                entry.SessionOf(summary.Id).Saved ??= summary;
            }
        }

        var loose = new EmitterFacts();
        await reader.ReadLooseAsync(loose, id, entry.Resources, range, cancellationToken).ConfigureAwait(false);
        entry.Facts.AbsorbLoose(loose);
        var absent = near.Where(summary => summary.Id.Length > 0 && !entry.SessionOf(summary.Id).IsComplete).ToList();
        if (absent.Count > 0 && entry.Facts.Loose.Count > 0)
        {
            entry.Facts.Remember(await reader.ReadAsync(
                id,
                [.. absent.Select(summary => summary.Id)],
                SessionReader.Around(absent.Min(summary => summary.StartNanos), absent.Max(summary => summary.EndNanos)),
                RecordDetail.Columns,
                (facts, _, _) =>
                {
                    var fold = new SessionFold(facts, default);
                    return facts.Sessions.Values.SelectMany(fold.Stretches).ToList();
                },
                cancellationToken).ConfigureAwait(false));
        }

        entry.ContextFromNanos = from;
    }
}
