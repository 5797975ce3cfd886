using Gander.Sessions;

namespace Gander.Api.Calls;

/// <summary>Lengths of calls, each with its bucket and where it comes from. Not thread-safe.</summary>
internal sealed class Measurements
{
    private readonly List<long> _nanos = [];
    private readonly List<int> _buckets = [];
    private readonly int[] _sources = new int[Enum.GetValues<DurationProvenance>().Length];
    private long[]? _sorted;

    /// <summary>How many there are.</summary>
    public int Count => _nanos.Count;

    /// <summary>How many come from a source.</summary>
    public int From(DurationProvenance source) => _sources[(int)source];

    /// <summary>Adds one.</summary>
    public void Add(long nanos, int bucket, DurationProvenance source)
    {
        _nanos.Add(nanos);
        _buckets.Add(bucket);
        _sources[(int)source]++;
        _sorted = null;
    }

    /// <summary>The exact nearest-rank quantile of all, or null when there are none.</summary>
    public long? Quantile(double quantile)
    {
        if (Count == 0)
        {
            return null;
        }

        if (_sorted is null)
        {
            _sorted = [.. _nanos];
            Array.Sort(_sorted);
        }

        return NearestRank.Of(_sorted, quantile);
    }

    /// <summary>Some quantiles of each bucket: first by quantile, then by bucket; null where nothing was measured.</summary>
    public long?[][] QuantilesByBucket(int buckets, params ReadOnlySpan<double> quantiles)
    {
        var (nanos, places) = (_nanos.ToArray(), _buckets.ToArray());
        Array.Sort(places, nanos);
        var series = new long?[quantiles.Length][];
        for (var i = 0; i < quantiles.Length; i++)
        {
            series[i] = new long?[buckets];
        }

        for (var start = 0; start < nanos.Length;)
        {
            var end = start + 1;
            while (end < nanos.Length && places[end] == places[start])
            {
                end++;
            }

            var part = nanos.AsSpan(start, end - start);
            part.Sort();
            for (var i = 0; i < quantiles.Length; i++)
            {
                series[i][places[start]] = NearestRank.Of(part, quantiles[i]);
            }

            start = end;
        }

        return series;
    }
}
