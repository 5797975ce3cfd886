using Gander.Api.Calls;
using Gander.Sessions;
using Gander.Sessions.Calls;

namespace Gander.Api.Models;

/// <summary>Adds up the model calls of a range. Every figure is exact over the calls it is given. Not thread-safe.</summary>
internal sealed class ModelFigures
{
    private readonly CallQuery _query;
    private readonly CallLines<ModelLine> _lines;

    /// <summary>Starts at zero.</summary>
    public ModelFigures(CallQuery query, CallFields by, int maxBuckets)
    {
        _query = query;
        By = by;
        Buckets = new TimeBuckets(query.Range, maxBuckets);
        All = new ModelLine(default, Buckets.Count);
        _lines = new CallLines<ModelLine>(by, key => new ModelLine(key, Buckets.Count));
    }

    /// <summary>What calls are told apart by.</summary>
    public CallFields By { get; }

    /// <summary>The buckets of the series.</summary>
    public TimeBuckets Buckets { get; }

    /// <summary>All calls together.</summary>
    public ModelLine All { get; }

    /// <summary>The lines, most calls first.</summary>
    public IEnumerable<ModelLine> Lines => _lines.All.OrderByDescending(line => line.Calls)
        .ThenBy(line => line.Key.Name, StringComparer.Ordinal).ThenBy(line => line.Key.Origin, StringComparer.Ordinal)
        .ThenBy(line => line.Key.Agent, StringComparer.Ordinal).ThenBy(line => line.Key.User, StringComparer.Ordinal);

    /// <summary>Adds the model calls of a session that start in the range and fit the query.</summary>
    public void Add(SessionCalls session)
    {
        foreach (var call in session.Calls)
        {
            if (call.Kind != StepKind.Model || !_query.Range.Contains(call.StartNanos)
                || (_query.Name is { } name && call.Name != name) || (_query.Origin is { } provider && call.Provider != provider))
            {
                continue;
            }

            var bucket = Buckets.Of(call.StartNanos);
            All.Add(session, call, bucket);
            _lines.Of(session, call.Name, call.Provider).Add(session, call, bucket);
        }
    }
}
