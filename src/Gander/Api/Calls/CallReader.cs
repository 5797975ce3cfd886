using Gander.Sessions.Calls;
using Gander.Stores;
using Gander.Web;
using Microsoft.Extensions.Options;

namespace Gander.Api.Calls;

/// <summary>Reads the calls that figures are made of, a page of sessions at a time. Thread-safe.</summary>
internal sealed class CallReader(ISessionSource sessions, IOptions<ApiOptions> options)
{
    // Small enough that the calls of a page are a few megabytes.
    private const int SessionsAPage = 250;

    /// <summary>Gives <paramref name="add"/> the calls of every session that has a part in the range, the latest session first.</summary>
    public async Task<CallCoverage> ReadAsync(CallQuery query, Action<SessionCalls> add, CancellationToken cancellationToken)
    {
        var current = await sessions.FreshenAsync(cancellationToken);
        var next = new SessionQuery(query.Range, query.Agent, query.User, Limit: SessionsAPage);
        for (var left = options.Value.MaxOverviewSessions; ;)
        {
            var page = await sessions.ListCallsAsync(next, cancellationToken);
            foreach (var session in page.Take(left))
            {
                add(session);
            }

            if (page.Count > left)
            {
                return new CallCoverage(SessionsCut: true, current);
            }

            left -= page.Count;
            if (page.Count < SessionsAPage)
            {
                return new CallCoverage(SessionsCut: false, current);
            }

            cancellationToken.ThrowIfCancellationRequested();
            next = next with { After = (page[^1].StartNanos, page[^1].Key) };
        }
    }
}
