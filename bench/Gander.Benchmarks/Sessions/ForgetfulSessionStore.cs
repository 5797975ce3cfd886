using Gander.Sessions;
using Gander.Sessions.Calls;
using Gander.Sessions.Usage;
using Gander.Stores;

namespace Gander.Benchmarks.Sessions;

/// <summary>Takes what is saved and keeps nothing, so that folding is measured without the disk.</summary>
internal sealed class ForgetfulSessionStore : ISessionStore
{
    /// <summary>Sessions saved so far.</summary>
    public long Saved { get; private set; }

    public Task SaveAsync(
        IReadOnlyList<SessionSummary> sessions,
        IReadOnlyList<SessionCalls> calls,
        IReadOnlyList<SessionUsage> usage,
        IReadOnlyCollection<string> removedKeys,
        FoldProgress progress,
        CancellationToken cancellationToken)
    {
        Saved += sessions.Count;
        return Task.CompletedTask;
    }

    public Task<FoldProgress> ReadProgressAsync(CancellationToken cancellationToken) => Task.FromResult(default(FoldProgress));

    public Task<IReadOnlyList<SessionSummary>> ListAsync(SessionQuery query, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<SessionSummary>>([]);

    public Task<IReadOnlyList<SessionCalls>> ListCallsAsync(SessionQuery query, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<SessionCalls>>([]);

    public Task<IReadOnlyList<SessionUsage>> ListUsageAsync(SessionQuery query, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<SessionUsage>>([]);

    public Task<IReadOnlyList<UsageGroup>> SumUsageAsync(UsageQuery query, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<UsageGroup>>([]);

    public Task ReadActivityAsync(ActivityQuery query, SessionActivityHandler take, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<SessionSummary?> FindAsync(string key, CancellationToken cancellationToken) => Task.FromResult<SessionSummary?>(null);
}
