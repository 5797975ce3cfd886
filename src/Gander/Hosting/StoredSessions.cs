using Gander.Ingest;
using Gander.Sessions;
using Gander.Sessions.Calls;
using Gander.Stores;
using Gander.Web;

namespace Gander.Hosting;

/// <summary>Gives pages and API the sessions of the index, with what was acknowledged before they ask wherever a moment suffices.</summary>
internal sealed class StoredSessions(SessionIndex index, TimeProvider time, TelemetryIngest? ingest = null) : ISessionSource
{
    // Observing takes microseconds; this is for a machine that is starved.
    private static readonly TimeSpan MaxObserveWait = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    public async Task<bool> FreshenAsync(CancellationToken cancellationToken) =>
        await ObserveAsync(cancellationToken) & await index.FreshenAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SessionSummary>> ListAsync(SessionQuery query, CancellationToken cancellationToken)
    {
        await ObserveAsync(cancellationToken);
        return await index.ListAsync(query, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SessionCalls>> ListCallsAsync(SessionQuery query, CancellationToken cancellationToken)
    {
        await ObserveAsync(cancellationToken);
        return await index.ListCallsAsync(query, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<Session?> ReadAsync(string key, CancellationToken cancellationToken)
    {
        await ObserveAsync(cancellationToken);
        return await index.ReadAsync(key, cancellationToken);
    }

    private async Task<bool> ObserveAsync(CancellationToken cancellationToken)
    {
        if (ingest is null)
        {
            return true;
        }

        try
        {
            await ingest.ObservedAsync().WaitAsync(MaxObserveWait, time, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
