using Gander.Sessions;
using Gander.Sessions.Calls;
using Gander.Sessions.Usage;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Tests.Stores;

/// <summary>Session summaries in a dictionary.</summary>
public sealed class InMemorySessionStore : ISessionStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SessionSummary> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SessionCalls> _calls = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SessionUsage> _usage = new(StringComparer.Ordinal);
    private FoldProgress _progress;

    public Task SaveAsync(
        IReadOnlyList<SessionSummary> sessions,
        IReadOnlyList<SessionCalls> calls,
        IReadOnlyList<SessionUsage> usage,
        IReadOnlyCollection<string> removedKeys,
        FoldProgress progress,
        CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            foreach (var key in removedKeys)
            {
                _byKey.Remove(key);
                _calls.Remove(key);
                _usage.Remove(key);
            }

            foreach (var session in sessions)
            {
                _byKey[session.Key] = session;
            }

            foreach (var session in calls)
            {
                _calls[session.Key] = session;
            }

            foreach (var session in usage)
            {
                _usage[session.Key] = session;
            }

            _progress = progress;
            return Task.CompletedTask;
        }
    }

    public Task<FoldProgress> ReadProgressAsync(CancellationToken cancellationToken) => Task.FromResult(_progress);

    public Task<IReadOnlyList<SessionSummary>> ListAsync(SessionQuery query, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<SessionSummary>>([.. _byKey.Values
                .Where(session => Matches(session, query))
                .OrderByDescending(session => session.StartNanos).ThenBy(session => session.Key, StringComparer.Ordinal)
                .Take(query.Limit)]);
        }
    }

    public Task<IReadOnlyList<SessionCalls>> ListCallsAsync(SessionQuery query, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<SessionCalls>>([.. _byKey.Values
                .Where(session => Matches(session, query) && _calls.GetValueOrDefault(session.Key)?.Calls.Count > 0)
                .OrderByDescending(session => session.StartNanos).ThenBy(session => session.Key, StringComparer.Ordinal)
                .Take(query.Limit)
                .Select(session => _calls[session.Key] with { Agent = session.Agent, User = session.User, StartNanos = session.StartNanos })]);
        }
    }

    public Task<IReadOnlyList<SessionUsage>> ListUsageAsync(SessionQuery query, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<SessionUsage>>([.. _byKey.Values
                .Where(session => Matches(session, query) && _usage.GetValueOrDefault(session.Key)?.Rows.Count > 0)
                .OrderByDescending(session => session.StartNanos).ThenBy(session => session.Key, StringComparer.Ordinal)
                .Take(query.Limit)
                .Select(session => _usage[session.Key])]);
        }
    }

    public Task<IReadOnlyList<UsageGroup>> SumUsageAsync(UsageQuery query, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<UsageGroup>>([.. _usage.Values
                .SelectMany(usage => usage.Rows, (usage, row) => (Session: _byKey[usage.Key], Usage: usage, Row: row))
                .Where(part => Matches(part.Session, part.Row, query))
                .Select(part => (part.Session, part.Usage, part.Row, Person: query.Persons is { } find ? find(Identity(part.Session)) : default(UsagePerson)))
                .Where(part => part.Person is not null)
                .GroupBy(part => (Values: string.Join('\u001f', query.By.Select(dimension => Value(dimension, part.Session, part.Row, part.Person) ?? "")), Identity: query.Persons is null ? Identity(part.Session) : default))
                .Select(group => new UsageGroup(
                    [.. query.By.Select(dimension => Value(dimension, group.First().Session, group.First().Row, group.First().Person))],
                    group.Key.Identity,
                    group.Aggregate(default(UsageSums), (sum, part) => sum + part.Row.Sums),
                    group.Select(part => part.Session.Key).Distinct().Count(),
                    group.Where(part => part.Row.IsPriced).Min(part => part.Usage.PriceTable),
                    group.Where(part => part.Row.IsPriced).Max(part => part.Usage.PriceTable),
                    group.Select(part => part.Person?.Name).OfType<string>().Distinct().Count()))
                .Take(query.MaxGroups + 1)]);
        }
    }

    public Task ReadActivityAsync(ActivityQuery query, SessionActivityHandler take, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            foreach (var session in _byKey.Values.Where(session => Overlaps(session, query.Range) && (query.Agent is null || query.Agent == session.Agent)))
            {
                var calls = query.Calls ? _calls.GetValueOrDefault(session.Key)?.Calls ?? [] : [];
                var usage = query.Usage ? _usage.GetValueOrDefault(session.Key)?.Rows ?? [] : [];
                take(new SessionActivity
                {
                    Agent = session.Agent,
                    Identity = Identity(session),
                    Repository = session.Repository,
                    Project = session.Project,
                    Status = session.Status,
                    StartNanos = session.StartNanos,
                    EndNanos = session.EndNanos,
                    Calls = calls.Count == 0 ? [] : SessionCallsCodec.Encode(calls),
                    Usage = [.. usage.Where(row => row.StartNanos < query.Range.EndNanos && query.Range.StartNanos < row.StartNanos + UsageRow.HourNanos && IsMoreThanCallsOfTools(row))],
                });
            }

            return Task.CompletedTask;
        }
    }

    public Task<SessionSummary?> FindAsync(string key, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_byKey.GetValueOrDefault(key));
        }
    }

    private static bool Matches(SessionSummary session, SessionQuery query) =>
        (query.Range is not { } range || Overlaps(session, range))
        && (query.Agent is null || query.Agent == session.Agent)
        && (query.User is null || query.User == session.User)
        && (query.Status is null || string.Equals(query.Status, session.Status.ToString(), StringComparison.OrdinalIgnoreCase))
        && (query.EmitterId is null || query.EmitterId == session.EmitterId)
        && (query.SessionId is null || query.SessionId == session.Id)
        && (query.EndedBy is null || session.EndNanos <= query.EndedBy)
        && (query.After is not { } after
            || session.StartNanos < after.StartNanos
            || (session.StartNanos == after.StartNanos && string.CompareOrdinal(session.Key, after.Key) > 0));

    private static bool Matches(SessionSummary session, UsageRow row, UsageQuery query) =>
        query.Range.Contains(row.StartNanos)
        && (query.Agent is null || query.Agent == session.Agent)
        && (query.Status is null || string.Equals(query.Status, session.Status.ToString(), StringComparison.OrdinalIgnoreCase))
        && (query.Model is null || query.Model == row.Model)
        && (query.Provider is null || query.Provider == row.Provider)
        && (query.Tool is null || query.Tool == row.Tool)
        && (query.Host is null || query.Host == (session.Host ?? ""))
        && (query.Repository is null || query.Repository == (session.Repository ?? ""))
        && (query.Project is null || query.Project == (session.Project ?? ""))
        && (query.Session is null || query.Session == session.Key);

    private static bool IsMoreThanCallsOfTools(UsageRow row) =>
        row.Tool.Length == 0 || row.LinesAdded != 0 || row.LinesRemoved != 0 || row.Commits != 0 || row.PullRequests != 0;

    private static UsageIdentity Identity(SessionSummary session) => new(session.User, session.Account?.Email, session.Account?.AccountId, session.Team, session.Host);

    private static string? Value(UsageDimension dimension, SessionSummary session, UsageRow row, UsagePerson? person)
    {
        var value = dimension switch
        {
            UsageDimension.Agent => session.Agent,
            UsageDimension.Model => row.Model,
            UsageDimension.Provider => row.Provider,
            UsageDimension.Tool => row.Tool,
            UsageDimension.Host => session.Host,
            UsageDimension.Repository => session.Repository,
            UsageDimension.Project => session.Project,
            UsageDimension.Session => session.Key,
            UsageDimension.Status => session.Status.ToString().ToLowerInvariant(),
            UsageDimension.Day => UsageTime.Day(row.StartNanos),
            UsageDimension.Person => person?.Name,
            UsageDimension.Team => person?.Team,
            _ => UsageTime.Hour(row.StartNanos),
        };
        return string.IsNullOrEmpty(value) ? null : value;
    }

    // A session includes its last instant.
    private static bool Overlaps(SessionSummary session, TimeRange range) => session.StartNanos < range.EndNanos && session.EndNanos >= range.StartNanos;
}
