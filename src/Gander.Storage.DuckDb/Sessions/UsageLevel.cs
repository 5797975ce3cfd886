namespace Gander.Storage.DuckDb.Sessions;

/// <summary>
/// One of the things that groups are told apart by: numbers the pairs of a group by the things before it and a value of this
/// one. The numbers of the last level are the groups. Not thread-safe.
/// </summary>
internal sealed class UsageLevel
{
    private readonly Dictionary<long, int> _numbers = [];
    private readonly List<long> _pairs = [];
    private long _lastPair = -1;
    private int _last;

    /// <summary>Pairs that were numbered.</summary>
    public int Count => _pairs.Count;

    /// <summary>The number of a pair, which is new or not.</summary>
    public int Of(int before, int value)
    {
        // Rows come in the order of their hours and names, so that most have what the one before had.
        var pair = ((long)before << 32) | (uint)value;
        if (pair == _lastPair)
        {
            return _last;
        }

        if (!_numbers.TryGetValue(pair, out var number))
        {
            number = _pairs.Count;
            _pairs.Add(pair);
            _numbers.Add(pair, number);
        }

        (_lastPair, _last) = (pair, number);
        return number;
    }

    /// <summary>The pair of a number.</summary>
    public (int Before, int Value) this[int number] => ((int)(_pairs[number] >> 32), (int)_pairs[number]);
}
