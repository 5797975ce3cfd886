using Gander.Sessions;
using Gander.Sessions.Calls;

namespace Gander.Api.Calls;

/// <summary>Adds up the calls of one sort in a range. Every figure is exact over the calls it is given. Not thread-safe.</summary>
/// <typeparam name="TLine">What is gathered of calls that have something in common.</typeparam>
internal sealed class CallFigures<TLine>
    where TLine : CallLine
{
    private readonly StepKind _kind;
    private readonly CallQuery _query;
    private readonly CallLines<TLine> _lines;

    /// <summary>Starts at zero.</summary>
    /// <param name="kind">The sort of calls.</param>
    /// <param name="query">Which calls.</param>
    /// <param name="by">What they are told apart by.</param>
    /// <param name="maxBuckets">The most points of each series, at least 10.</param>
    /// <param name="maxLines">The most lines; what would need another counts in <see cref="Beyond"/>.</param>
    /// <param name="make">Makes a line of a key and a number of buckets.</param>
    public CallFigures(StepKind kind, CallQuery query, CallFields by, int maxBuckets, int maxLines, Func<CallKey, int, TLine> make)
    {
        (_kind, _query) = (kind, query);
        Buckets = new TimeBuckets(query.Range, maxBuckets);
        All = make(default, Buckets.Count);
        _lines = new CallLines<TLine>(by, maxLines, key => make(key, Buckets.Count));
    }

    /// <summary>The buckets of the series.</summary>
    public TimeBuckets Buckets { get; }

    /// <summary>All calls together.</summary>
    public TLine All { get; }

    /// <summary>The calls that have no line because there are too many lines; null when each has one.</summary>
    public TLine? Beyond => _lines.Beyond;

    /// <summary>Whether there are more lines than may be told apart.</summary>
    public bool IsCut => Beyond is not null;

    /// <summary>The lines by a figure, largest first and those without it last; equal ones by most calls, then by name.</summary>
    public List<TLine> Sorted(Func<TLine, double?> figure) =>
    [
        .. _lines.All.OrderByDescending(figure).ThenByDescending(line => line.Calls)
            .ThenBy(line => line.Key.Name, StringComparer.Ordinal).ThenBy(line => line.Key.Origin, StringComparer.Ordinal)
            .ThenBy(line => line.Key.Agent, StringComparer.Ordinal).ThenBy(line => line.Key.User, StringComparer.Ordinal),
    ];

    /// <summary>Adds the calls of a session that are of the sort, start in the range and fit the query.</summary>
    public void Add(SessionCalls session)
    {
        foreach (var call in session.Calls)
        {
            if (call.Kind != _kind || !_query.Range.Contains(call.StartNanos) || (_query.Name is { } name && call.Name != name))
            {
                continue;
            }

            var from = _kind == StepKind.Model ? call.Provider : call.McpServer;
            if (_query.Origin is { } origin && from != origin)
            {
                continue;
            }

            var bucket = Buckets.Of(call.StartNanos);
            All.Add(session, call, bucket);
            _lines.Of(session, call.Name, from).Add(session, call, bucket);
        }
    }
}
