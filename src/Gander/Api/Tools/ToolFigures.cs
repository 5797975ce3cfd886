using Gander.Api.Calls;
using Gander.Sessions;
using Gander.Sessions.Calls;

namespace Gander.Api.Tools;

/// <summary>Adds up the tool calls of a range. Every figure is exact over the calls it is given. Not thread-safe.</summary>
internal sealed class ToolFigures
{
    private readonly CallQuery _query;
    private readonly CallLines<ToolLine> _lines;

    /// <summary>Starts at zero.</summary>
    public ToolFigures(CallQuery query, CallFields by, int maxBuckets)
    {
        _query = query;
        Buckets = new TimeBuckets(query.Range, maxBuckets);
        All = new ToolLine(default, Buckets.Count);
        _lines = new CallLines<ToolLine>(by, key => new ToolLine(key, Buckets.Count));
    }

    /// <summary>The buckets of the series.</summary>
    public TimeBuckets Buckets { get; }

    /// <summary>All calls together.</summary>
    public ToolLine All { get; }

    /// <summary>The lines, most calls first.</summary>
    public IEnumerable<ToolLine> Lines => _lines.All.OrderByDescending(line => line.Calls)
        .ThenBy(line => line.Key.Name, StringComparer.Ordinal).ThenBy(line => line.Key.Origin, StringComparer.Ordinal)
        .ThenBy(line => line.Key.Agent, StringComparer.Ordinal).ThenBy(line => line.Key.User, StringComparer.Ordinal);

    /// <summary>Adds the tool calls of a session that start in the range and fit the query.</summary>
    public void Add(SessionCalls session)
    {
        foreach (var call in session.Calls)
        {
            if (call.Kind != StepKind.Tool || !_query.Range.Contains(call.StartNanos)
                || (_query.Name is { } name && call.Name != name) || (_query.Origin is { } server && call.McpServer != server))
            {
                continue;
            }

            var bucket = Buckets.Of(call.StartNanos);
            All.Add(session, call, bucket);
            _lines.Of(session, call.Name, call.McpServer).Add(session, call, bucket);
        }
    }
}
