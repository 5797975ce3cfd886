using Gander.Sessions;
using Gander.Sessions.Calls;
using Gander.Sessions.Usage;
using Gander.Stores;
using Gander.Tests.Stores;

namespace Gander.Tests.Sessions;

/// <summary>A session store whose saves wait until they are let go.</summary>
internal sealed class SlowSessionStore(Task go) : ISessionStore
{
    private readonly InMemorySessionStore _store = new();

    public async Task SaveAsync(
        IReadOnlyList<SessionSummary> sessions,
        IReadOnlyList<SessionCalls> calls,
        IReadOnlyList<SessionUsage> usage,
        IReadOnlyCollection<string> removedKeys,
        FoldProgress progress,
        CancellationToken cancellationToken)
    {
        await go.WaitAsync(cancellationToken);
        await _store.SaveAsync(sessions, calls, usage, removedKeys, progress, cancellationToken);
    }

    public Task<FoldProgress> ReadProgressAsync(CancellationToken cancellationToken) => _store.ReadProgressAsync(cancellationToken);

    public Task<IReadOnlyList<SessionSummary>> ListAsync(SessionQuery query, CancellationToken cancellationToken) => _store.ListAsync(query, cancellationToken);

    public Task<IReadOnlyList<SessionCalls>> ListCallsAsync(SessionQuery query, CancellationToken cancellationToken) => _store.ListCallsAsync(query, cancellationToken);

    public Task<IReadOnlyList<SessionUsage>> ListUsageAsync(SessionQuery query, CancellationToken cancellationToken) => _store.ListUsageAsync(query, cancellationToken);

    public Task<IReadOnlyList<UsageGroup>> SumUsageAsync(UsageQuery query, CancellationToken cancellationToken) => _store.SumUsageAsync(query, cancellationToken);

    public Task ReadActivityAsync(ActivityQuery query, SessionActivityHandler take, CancellationToken cancellationToken) => _store.ReadActivityAsync(query, take, cancellationToken);

    public Task<SessionSummary?> FindAsync(string key, CancellationToken cancellationToken) => _store.FindAsync(key, cancellationToken);
}
