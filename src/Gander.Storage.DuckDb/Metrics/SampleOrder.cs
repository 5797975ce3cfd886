using Gander.Stores;

namespace Gander.Storage.DuckDb.Metrics;

/// <summary>
/// Brings the open run of a buffer into order of time and start, once it is known that its pieces are not: of samples with
/// the same both, the one written last stays. Not thread-safe.
/// </summary>
internal sealed class SampleOrder
{
    private readonly List<(int Row, long Rank)> _pieces = [];
    private bool _isAscending;

    /// <summary>Begins with an empty run.</summary>
    public void Begin()
    {
        _pieces.Clear();
        _isAscending = true;
    }

    /// <summary>A piece of this rank follows in the buffer.</summary>
    public void Piece(SampleBuffer samples, long rank) => _pieces.Add((samples.Count, rank));

    /// <summary>Looks at the piece that was just added: its order inside, and behind the piece before.</summary>
    public void Check(SampleBuffer samples)
    {
        var (times, starts) = (samples.Times, samples.Starts);
        for (var row = Math.Max(_pieces[^1].Row, samples.OpenStart + 1); _isAscending && row < samples.Count; row++)
        {
            _isAscending = times[row] > times[row - 1] || (times[row] == times[row - 1] && starts[row] > starts[row - 1]);
        }
    }

    /// <summary>Orders the run if it has to be.</summary>
    public void Finish(SampleBuffer samples)
    {
        if (_isAscending)
        {
            return;
        }

        var from = samples.OpenStart;
        var keys = new Key[samples.Count - from];
        for (int row = 0, piece = 0; row < keys.Length; row++)
        {
            while (piece + 1 < _pieces.Count && _pieces[piece + 1].Row <= from + row)
            {
                piece++;
            }

            keys[row] = new Key(samples.Times[from + row], samples.Starts[from + row], _pieces[piece].Rank, row, samples.Values[from + row]);
        }

        Array.Sort(keys);
        var kept = from;
        for (var i = 0; i < keys.Length; i++)
        {
            var key = keys[i];
            if (i + 1 < keys.Length && keys[i + 1].Time == key.Time && keys[i + 1].Start == key.Start)
            {
                continue;
            }

            (samples.Times[kept], samples.Starts[kept], samples.Values[kept]) = (key.Time, key.Start, key.Value);
            kept++;
        }

        samples.Truncate(kept);
    }

    private readonly record struct Key(long Time, long Start, long Rank, int Row, double Value) : IComparable<Key>
    {
        public int CompareTo(Key other)
        {
            var order = Time.CompareTo(other.Time);
            order = order != 0 ? order : Start.CompareTo(other.Start);
            order = order != 0 ? order : Rank.CompareTo(other.Rank);
            return order != 0 ? order : Row.CompareTo(other.Row);
        }
    }
}
