using Gander.Sessions;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Web.Records;

/// <summary>Finds the session that a record belongs to.</summary>
internal static class SessionFinder
{
    private const int MaxCandidates = 20;

    /// <summary>The key of the session, or null. Where two people have the same session id, host and user of the record decide.</summary>
    public static async Task<string?> FindAsync(
        ISessionSource sessions, string? sessionId, Resource resource, TimeRange near, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(sessionId))
        {
            return null;
        }

        var candidates = await sessions.ListAsync(new SessionQuery(near, SessionId: sessionId, Limit: MaxCandidates), cancellationToken);
        return candidates.OrderByDescending(session => Agreement(session, resource)).FirstOrDefault()?.Key;
    }

    private static int Agreement(SessionSummary session, Resource resource) =>
        (session.Host == resource.Text(AttributeKeys.HostName) ? 2 : 0) + (session.User == resource.Text(AttributeKeys.UserName) ? 1 : 0);
}
