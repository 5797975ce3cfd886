using System.Globalization;
using Gander.Api.Search;
using Gander.Sessions;
using Gander.Telemetry;
using Gander.Web.Records;

namespace Gander.Web.Pages;

/// <summary>Addresses that follow one session through the other pages.</summary>
public static class SessionLinks
{
    private const long MarginNanos = 2_000_000_000;

    /// <summary>The session's spans.</summary>
    public static string Traces(SessionSummary summary) => Of("/traces", summary, Ids(summary, Signal.Traces));

    /// <summary>
    /// The session's log records. Where the agent writes records without a session id, as goose does with most, they are
    /// those of its installation at that time.
    /// </summary>
    public static string Logs(SessionSummary summary) =>
        Of("/logs", summary, summary.Runs.Count > 0 || summary.Id.Length == 0 ? Installation(summary) : Ids(summary, Signal.Logs));

    private static RecordSearch Ids(SessionSummary summary, Signal signal) => summary.Id.Length == 0
        ? RecordSearch.For(signal).With(PageSearch.TextIs("service", summary.Agent, signal))
        : RecordSearch.For(signal).With(PageSearch.TextIs("session", summary.Id, signal));

    private static RecordSearch Installation(SessionSummary summary)
    {
        var search = RecordSearch.For(Signal.Logs);
        foreach (var (key, value) in new[] { (AttributeKeys.HostName, summary.Host), (AttributeKeys.UserName, summary.User) })
        {
            search = value is null ? search : search.With(RecordFilter.Attribute(key, AttributeValue.Of(value)));
        }

        return search;
    }

    // Two people may share a session id, so the time of the session narrows it down.
    private static string Of(string path, SessionSummary summary, RecordSearch search) =>
        PageAddress.Of(path, null, ("from", Seconds(summary.StartNanos - MarginNanos)), ("to", Seconds(summary.EndNanos + MarginNanos))) + "&" + search.ToQueryString();

    private static string Seconds(long nanos) => Figures.Instant(nanos).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
