namespace Gander.Query.PromQl.Sessions;

/// <summary>Amounts and when they came, of one label set. Thread-safe for reading once it is sealed.</summary>
internal sealed class EventLog
{
    private long[] _times = [];
    private long[] _amounts = [];
    private bool _isOrdered = true;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Unix milliseconds, in order once it is sealed.</summary>
    public ReadOnlySpan<long> Times => _times.AsSpan(0, Count);

    /// <summary>The amounts.</summary>
    public ReadOnlySpan<long> Amounts => _amounts.AsSpan(0, Count);

    /// <summary>Adds one.</summary>
    public void Add(long millis, long amount)
    {
        if (Count == _times.Length)
        {
            Array.Resize(ref _times, Math.Max(16, Count * 2));
            Array.Resize(ref _amounts, _times.Length);
        }

        _isOrdered &= Count == 0 || millis >= _times[Count - 1];
        (_times[Count], _amounts[Count]) = (millis, amount);
        Count++;
    }

    /// <summary>Puts them into order; nothing is added afterwards.</summary>
    public void Seal()
    {
        if (!_isOrdered)
        {
            Array.Sort(_times, _amounts, 0, Count);
            _isOrdered = true;
        }
    }
}
