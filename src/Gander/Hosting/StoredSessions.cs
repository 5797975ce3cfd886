using Gander.Sessions;
using Gander.Stores;
using Gander.Web;

namespace Gander.Hosting;

/// <summary>Gives pages and API the sessions of the index.</summary>
internal sealed class StoredSessions(SessionIndex index) : ISessionSource
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<SessionSummary>> ListAsync(SessionQuery query, CancellationToken cancellationToken) => index.ListAsync(query, cancellationToken);

    /// <inheritdoc/>
    public Task<Session?> ReadAsync(string key, CancellationToken cancellationToken) => index.ReadAsync(key, cancellationToken);
}
