using Gander.Ingest;
using Gander.Sessions;
using Gander.Stores;
using Gander.Telemetry;
using Gander.Web;
using Microsoft.Extensions.Options;

namespace Gander.Api.Live;

/// <summary>
/// Looks at emitters and sessions for all live connections together: while nobody watches it costs nothing, and a hundred
/// watchers cost no more than one. Thread-safe.
/// </summary>
internal sealed class LiveFeed(ISessionSource sessions, EmitterActivity activity, IOptions<ApiOptions> options, TimeProvider time) : IDisposable
{
    private const int MaxSessions = 100;
    private const long RecentNanos = 15L * 60 * 1_000_000_000;

    private readonly SemaphoreSlim _looking = new(1);
    private LiveState? _latest;
    private long _latestStamp;
    private int _connections;

    /// <summary>Takes a place; false when there is none. <see cref="Leave"/> gives it back.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _connections) <= options.Value.MaxLiveConnections)
        {
            return true;
        }

        Leave();
        return false;
    }

    /// <summary>Gives a place back.</summary>
    public void Leave() => Interlocked.Decrement(ref _connections);

    /// <summary>The state at the moment, at most one interval old.</summary>
    public async Task<LiveState> LookAsync(CancellationToken cancellationToken)
    {
        await _looking.WaitAsync(cancellationToken);
        try
        {
            // A little under the interval, so that two looks of one watcher never get the same answer.
            if (_latest is null || time.GetElapsedTime(_latestStamp) >= options.Value.LiveInterval * 0.9)
            {
                _latest = new LiveState(activity.Emitters, activity.Failures, await ReadSessionsAsync(cancellationToken));
                _latestStamp = time.GetTimestamp();
            }

            return _latest;
        }
        finally
        {
            _looking.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _looking.Dispose();

    // Those that started last, and those that anything happened in lately although they started long ago.
    private async Task<IReadOnlyDictionary<string, SessionSummary>> ReadSessionsAsync(CancellationToken cancellationToken)
    {
        var now = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        var newest = await sessions.ListAsync(new SessionQuery(Limit: MaxSessions), cancellationToken);
        var recent = await sessions.ListAsync(new SessionQuery(new TimeRange(now - RecentNanos, long.MaxValue), Limit: MaxSessions), cancellationToken);
        return newest.Concat(recent).DistinctBy(session => session.Key).ToDictionary(session => session.Key, StringComparer.Ordinal);
    }
}
