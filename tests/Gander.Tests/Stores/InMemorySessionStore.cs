using Gander.Sessions;
using Gander.Sessions.Calls;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Tests.Stores;

/// <summary>Session summaries in a dictionary.</summary>
public sealed class InMemorySessionStore : ISessionStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SessionSummary> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SessionCalls> _calls = new(StringComparer.Ordinal);
    private FoldProgress _progress;

    public Task SaveAsync(
        IReadOnlyList<SessionSummary> sessions,
        IReadOnlyList<SessionCalls> calls,
        IReadOnlyCollection<string> removedKeys,
        FoldProgress progress,
        CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            foreach (var key in removedKeys)
            {
                _byKey.Remove(key);
                _calls.Remove(key);
            }

            foreach (var session in sessions)
            {
                _byKey[session.Key] = session;
            }

            foreach (var session in calls)
            {
                _calls[session.Key] = session;
            }

            _progress = progress;
            return Task.CompletedTask;
        }
    }

    public Task<FoldProgress> ReadProgressAsync(CancellationToken cancellationToken) => Task.FromResult(_progress);

    public Task<IReadOnlyList<SessionSummary>> ListAsync(SessionQuery query, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<SessionSummary>>([.. _byKey.Values
                .Where(session => Matches(session, query))
                .OrderByDescending(session => session.StartNanos).ThenBy(session => session.Key, StringComparer.Ordinal)
                .Take(query.Limit)]);
        }
    }

    public Task<IReadOnlyList<SessionCalls>> ListCallsAsync(SessionQuery query, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<SessionCalls>>([.. _byKey.Values
                .Where(session => Matches(session, query) && _calls.GetValueOrDefault(session.Key)?.Calls.Count > 0)
                .OrderByDescending(session => session.StartNanos).ThenBy(session => session.Key, StringComparer.Ordinal)
                .Take(query.Limit)
                .Select(session => _calls[session.Key] with { Agent = session.Agent, User = session.User, StartNanos = session.StartNanos })]);
        }
    }

    public Task<SessionSummary?> FindAsync(string key, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_byKey.GetValueOrDefault(key));
        }
    }

    private static bool Matches(SessionSummary session, SessionQuery query) =>
        (query.Range is not { } range || Overlaps(session, range))
        && (query.Agent is null || query.Agent == session.Agent)
        && (query.User is null || query.User == session.User)
        && (query.Status is null || string.Equals(query.Status, session.Status.ToString(), StringComparison.OrdinalIgnoreCase))
        && (query.EmitterId is null || query.EmitterId == session.EmitterId)
        && (query.SessionId is null || query.SessionId == session.Id)
        && (query.EndedBy is null || session.EndNanos <= query.EndedBy)
        && (query.After is not { } after
            || session.StartNanos < after.StartNanos
            || (session.StartNanos == after.StartNanos && string.CompareOrdinal(session.Key, after.Key) > 0));

    // A session includes its last instant.
    private static bool Overlaps(SessionSummary session, TimeRange range) => session.StartNanos < range.EndNanos && session.EndNanos >= range.StartNanos;
}
