using Gander.Sessions;
using Gander.Sessions.Calls;

namespace Gander.Stores;

/// <summary>
/// Keeps folded sessions so that a list is one look-up. What it holds is derived and can be rebuilt from telemetry. Thread-safe.
/// </summary>
public interface ISessionStore
{
    /// <summary>
    /// Replaces sessions by key, removes others, and remembers how far the fold has come, in one transaction. Calls replace
    /// those of their session; a session that is saved without any keeps what it had.
    /// </summary>
    Task SaveAsync(
        IReadOnlyList<SessionSummary> sessions,
        IReadOnlyList<SessionCalls> calls,
        IReadOnlyCollection<string> removedKeys,
        FoldProgress progress,
        CancellationToken cancellationToken);

    /// <summary>The same, with no calls to replace.</summary>
    Task SaveAsync(
        IReadOnlyList<SessionSummary> sessions, IReadOnlyCollection<string> removedKeys, FoldProgress progress, CancellationToken cancellationToken) =>
        SaveAsync(sessions, [], removedKeys, progress, cancellationToken);

    /// <summary>Up to which exports sessions are folded; zeros for a new store.</summary>
    Task<FoldProgress> ReadProgressAsync(CancellationToken cancellationToken);

    /// <summary>Lists sessions, latest start first, then by key.</summary>
    Task<IReadOnlyList<SessionSummary>> ListAsync(SessionQuery query, CancellationToken cancellationToken);

    /// <summary>The calls of the sessions that <see cref="ListAsync"/> would list, in the same order; sessions without any are left out and do not count.</summary>
    Task<IReadOnlyList<SessionCalls>> ListCallsAsync(SessionQuery query, CancellationToken cancellationToken);

    /// <summary>One session, or null.</summary>
    Task<SessionSummary?> FindAsync(string key, CancellationToken cancellationToken);
}
