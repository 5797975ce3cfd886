using System.Collections.Concurrent;
using Gander.Sessions;
using Gander.Sessions.Calls;
using Gander.Stores;
using Gander.Web;

namespace Gander.Tests.Api;

/// <summary>Sessions whose summaries are in a store and whose turns are made up.</summary>
public sealed class StoredSessions(ISessionStore store) : ISessionSource
{
    public ConcurrentDictionary<string, IReadOnlyList<Turn>> Turns { get; } = new();

    public Task<bool> FreshenAsync(CancellationToken cancellationToken) => Task.FromResult(true);

    public Task<IReadOnlyList<SessionSummary>> ListAsync(SessionQuery query, CancellationToken cancellationToken) => store.ListAsync(query, cancellationToken);

    public Task<IReadOnlyList<SessionCalls>> ListCallsAsync(SessionQuery query, CancellationToken cancellationToken) => store.ListCallsAsync(query, cancellationToken);

    public async Task<Session?> ReadAsync(string key, CancellationToken cancellationToken) =>
        await store.FindAsync(key, cancellationToken) is { } summary ? new Session(summary, Turns.GetValueOrDefault(key) ?? []) : null;
}
