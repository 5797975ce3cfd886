using Gander.Sessions;
using Gander.Sessions.Calls;
using Gander.Sessions.Usage;
using Gander.Stores;

namespace Gander.Tests.Sessions;

/// <summary>The way of one process to a session store: once the process has crashed, nothing of it is saved any more.</summary>
internal sealed class MortalSessionStore(ISessionStore store) : ISessionStore, IDisposable
{
    private readonly SemaphoreSlim _saving = new(1, 1);
    private bool _hasCrashed;

    /// <summary>Ends the process; a save that runs is finished, as one that reached the disk would be.</summary>
    public async Task CrashAsync(CancellationToken cancellationToken)
    {
        await _saving.WaitAsync(cancellationToken);
        _hasCrashed = true;
        _saving.Release();
    }

    public void Dispose() => _saving.Dispose();

    public async Task SaveAsync(
        IReadOnlyList<SessionSummary> sessions,
        IReadOnlyList<SessionCalls> calls,
        IReadOnlyList<SessionUsage> usage,
        IReadOnlyCollection<string> removedKeys,
        FoldProgress progress,
        CancellationToken cancellationToken)
    {
        await _saving.WaitAsync(cancellationToken);
        try
        {
            if (_hasCrashed)
            {
                throw new StoreUnavailableException("The process has crashed.");
            }

            await store.SaveAsync(sessions, calls, usage, removedKeys, progress, cancellationToken);
        }
        finally
        {
            _saving.Release();
        }
    }

    public Task<FoldProgress> ReadProgressAsync(CancellationToken cancellationToken) => store.ReadProgressAsync(cancellationToken);

    public Task<IReadOnlyList<SessionSummary>> ListAsync(SessionQuery query, CancellationToken cancellationToken) => store.ListAsync(query, cancellationToken);

    public Task<IReadOnlyList<SessionCalls>> ListCallsAsync(SessionQuery query, CancellationToken cancellationToken) => store.ListCallsAsync(query, cancellationToken);

    public Task<IReadOnlyList<SessionUsage>> ListUsageAsync(SessionQuery query, CancellationToken cancellationToken) => store.ListUsageAsync(query, cancellationToken);

    public Task<IReadOnlyList<UsageGroup>> SumUsageAsync(UsageQuery query, CancellationToken cancellationToken) => store.SumUsageAsync(query, cancellationToken);

    public Task ReadActivityAsync(ActivityQuery query, SessionActivityHandler take, CancellationToken cancellationToken) => store.ReadActivityAsync(query, take, cancellationToken);

    public Task<SessionSummary?> FindAsync(string key, CancellationToken cancellationToken) => store.FindAsync(key, cancellationToken);
}
