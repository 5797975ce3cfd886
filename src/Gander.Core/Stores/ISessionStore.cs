using Gander.Sessions;
using Gander.Sessions.Calls;
using Gander.Sessions.Usage;

namespace Gander.Stores;

/// <summary>
/// Keeps folded sessions so that a list is one look-up. What it holds is derived and can be rebuilt from telemetry. Thread-safe.
/// </summary>
public interface ISessionStore
{
    /// <summary>
    /// Replaces sessions by key, removes others, and remembers how far the fold has come, in one transaction. Calls and
    /// usage replace those of their session; a session that is saved without any keeps what it had.
    /// </summary>
    Task SaveAsync(
        IReadOnlyList<SessionSummary> sessions,
        IReadOnlyList<SessionCalls> calls,
        IReadOnlyList<SessionUsage> usage,
        IReadOnlyCollection<string> removedKeys,
        FoldProgress progress,
        CancellationToken cancellationToken);

    /// <summary>The same, with no calls and no usage to replace.</summary>
    Task SaveAsync(
        IReadOnlyList<SessionSummary> sessions, IReadOnlyCollection<string> removedKeys, FoldProgress progress, CancellationToken cancellationToken) =>
        SaveAsync(sessions, [], [], removedKeys, progress, cancellationToken);

    /// <summary>Up to which exports sessions are folded; zeros for a new store.</summary>
    Task<FoldProgress> ReadProgressAsync(CancellationToken cancellationToken);

    /// <summary>Lists sessions, latest start first, then by key.</summary>
    Task<IReadOnlyList<SessionSummary>> ListAsync(SessionQuery query, CancellationToken cancellationToken);

    /// <summary>The calls of the sessions that <see cref="ListAsync"/> would list, in the same order; sessions without any are left out and do not count.</summary>
    Task<IReadOnlyList<SessionCalls>> ListCallsAsync(SessionQuery query, CancellationToken cancellationToken);

    /// <summary>The usage of the sessions that <see cref="ListAsync"/> would list, in the same order; sessions without any are left out and do not count.</summary>
    Task<IReadOnlyList<SessionUsage>> ListUsageAsync(SessionQuery query, CancellationToken cancellationToken);

    /// <summary>Sums of usage, exact, in no order.</summary>
    Task<IReadOnlyList<UsageGroup>> SumUsageAsync(UsageQuery query, CancellationToken cancellationToken);

    /// <summary>Gives what every session in a range did, in no order. What <paramref name="take"/> throws ends it and is thrown on.</summary>
    Task ReadActivityAsync(ActivityQuery query, SessionActivityHandler take, CancellationToken cancellationToken);

    /// <summary>One session, or null.</summary>
    Task<SessionSummary?> FindAsync(string key, CancellationToken cancellationToken);
}
