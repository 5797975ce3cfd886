using System.Runtime.InteropServices;
using Gander.Api.Calls;
using Gander.Sessions;

namespace Gander.Api.Overview;

/// <summary>How long sessions took, which took longest, and which did not end as they should. Not thread-safe.</summary>
internal sealed class SessionLengths
{
    private const long Minute = 60_000_000_000;

    private readonly List<long> _nanos = [];
    private readonly List<SessionSummary> _ended = [];
    private readonly List<SessionSummary> _abnormal = [];

    /// <summary>The upper bounds of <see cref="Distribution"/>, nanoseconds; what is longer than the last counts behind it.</summary>
    public static IReadOnlyList<long> Bounds { get; } = [Minute / 6, Minute / 2, Minute, 5 * Minute, 15 * Minute, 60 * Minute, 240 * Minute, 1_440 * Minute];

    /// <summary>Sessions that no longer run.</summary>
    public int Count => _nanos.Count;

    /// <summary>Adds a session; one that runs does not count, as it is not over.</summary>
    public void Add(SessionSummary session)
    {
        if (session.Status == SessionStatus.Running)
        {
            return;
        }

        _nanos.Add(session.EndNanos - session.StartNanos);
        _ended.Add(session);
        if (session.Status is SessionStatus.Error or SessionStatus.Interrupted)
        {
            _abnormal.Add(session);
        }
    }

    /// <summary>Some nearest-rank quantiles; there is one session at least.</summary>
    public IReadOnlyList<long> Quantiles(params ReadOnlySpan<double> quantiles)
    {
        _nanos.Sort();
        var found = new long[quantiles.Length];
        for (var i = 0; i < found.Length; i++)
        {
            found[i] = NearestRank.Of(CollectionsMarshal.AsSpan(_nanos), quantiles[i]);
        }

        return found;
    }

    /// <summary>How many took at most as long as each of <see cref="Bounds"/> and longer than the one before, and how many took longer than the last.</summary>
    public int[] Distribution()
    {
        var counts = new int[Bounds.Count + 1];
        foreach (var nanos in _nanos)
        {
            var place = 0;
            while (place < Bounds.Count && nanos > Bounds[place])
            {
                place++;
            }

            counts[place]++;
        }

        return counts;
    }

    /// <summary>The longest, the longest first.</summary>
    public IEnumerable<SessionSummary> Longest(int most) =>
        _ended.OrderByDescending(session => session.EndNanos - session.StartNanos).ThenBy(session => session.Key, StringComparer.Ordinal).Take(most);

    /// <summary>Those that failed or were interrupted, the latest start first.</summary>
    public IEnumerable<SessionSummary> Abnormal(int most) =>
        _abnormal.OrderByDescending(session => session.StartNanos).ThenBy(session => session.Key, StringComparer.Ordinal).Take(most);
}
