using Gander.Sessions;
using Gander.Sessions.Calls;
using Gander.Stores;

namespace Gander.Web;

/// <summary>Where pages get sessions from: the session index in the server, made-up sessions in tests of pages.</summary>
public interface ISessionSource
{
    /// <summary>
    /// Waits a moment for all telemetry that was acknowledged before the call to be folded, and says whether it is; while it is
    /// not, sessions are as they were folded last.
    /// </summary>
    Task<bool> FreshenAsync(CancellationToken cancellationToken);

    /// <summary>Sessions, latest start first.</summary>
    Task<IReadOnlyList<SessionSummary>> ListAsync(SessionQuery query, CancellationToken cancellationToken);

    /// <summary>The calls of the sessions that <see cref="ListAsync"/> would list, in the same order; sessions without any are left out and do not count.</summary>
    Task<IReadOnlyList<SessionCalls>> ListCallsAsync(SessionQuery query, CancellationToken cancellationToken);

    /// <summary>One session with its turns, or null when there is none.</summary>
    Task<Session?> ReadAsync(string key, CancellationToken cancellationToken);
}
