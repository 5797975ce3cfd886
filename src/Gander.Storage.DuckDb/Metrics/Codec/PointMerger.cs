namespace Gander.Storage.DuckDb.Metrics.Codec;

/// <summary>
/// Puts points of one series that were written in several runs into order of time and start; of points with the same both,
/// the one added last stays. Keeps its memory; not thread-safe.
/// </summary>
internal sealed class PointMerger
{
    private readonly List<PointView> _runs = [];
    private readonly List<Key> _keys = [];

    /// <summary>Forgets what was added.</summary>
    public void Begin()
    {
        _runs.Clear();
        _keys.Clear();
    }

    /// <summary>Adds points that were written after all that were added before.</summary>
    public void Add(in PointView points)
    {
        var run = _runs.Count;
        _runs.Add(points);
        for (var row = 0; row < points.Count; row++)
        {
            _keys.Add(new Key(points.Times[row], points.StartOf(row), run, row));
        }
    }

    /// <summary>All points in order, each once.</summary>
    public PointColumns Merge()
    {
        _keys.Sort();
        var merged = new PointColumns(Math.Max(1, _keys.Count));
        for (var i = 0; i < _keys.Count; i++)
        {
            var key = _keys[i];
            if (i + 1 == _keys.Count || _keys[i + 1].Time != key.Time || _keys[i + 1].Start != key.Start)
            {
                merged.AddFrom(_runs[key.Run], key.Row);
            }
        }

        return merged;
    }

    private readonly record struct Key(long Time, long Start, int Run, int Row) : IComparable<Key>
    {
        public int CompareTo(Key other)
        {
            var order = Time.CompareTo(other.Time);
            order = order != 0 ? order : Start.CompareTo(other.Start);
            order = order != 0 ? order : Run.CompareTo(other.Run);
            return order != 0 ? order : Row.CompareTo(other.Row);
        }
    }
}
