using System.Globalization;
using Gander.Sessions;

namespace Gander.Web.Pages;

/// <summary>Addresses that follow one session through the other pages.</summary>
public static class SessionLinks
{
    private const long MarginNanos = 60_000_000_000;

    /// <summary>The session's spans.</summary>
    public static string Traces(SessionSummary summary) => Of("/traces", summary);

    /// <summary>The session's log records.</summary>
    public static string Logs(SessionSummary summary) => Of("/logs", summary);

    // Two people may share a session id, so the range of the session narrows it down; logs without a session id cannot be had this way.
    private static string Of(string path, SessionSummary summary) => PageAddress.Of(
        path,
        null,
        ("from", Seconds(summary.StartNanos - MarginNanos)),
        ("to", Seconds(summary.EndNanos + MarginNanos)),
        ("session", summary.Id.Length == 0 ? null : summary.Id),
        ("service", summary.Id.Length == 0 ? summary.Agent : null));

    private static string Seconds(long nanos) => Figures.Instant(nanos).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
