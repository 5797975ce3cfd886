namespace Gander.Query.PromQl.Evaluation.Kernels;

/// <summary>The places where a counter fell, and what it had reached before, summed up from the start. Windows are asked for in order.</summary>
internal ref struct CounterResets
{
    // Up to here the values are added one by one, as Prometheus does, so that the last digits agree.
    private const int FewResets = 8;

    private readonly ReadOnlySpan<int> _places;
    private readonly ReadOnlySpan<double> _lost;
    private readonly ReadOnlySpan<double> _sums;
    private readonly ReadOnlySpan<double> _compensations;
    private int _from;
    private int _to;

    private CounterResets(ReadOnlySpan<int> places, ReadOnlySpan<double> lost, ReadOnlySpan<double> sums, ReadOnlySpan<double> compensations)
    {
        _places = places;
        _lost = lost;
        _sums = sums;
        _compensations = compensations;
    }

    /// <summary>No resets.</summary>
    public static CounterResets None => default;

    public readonly bool IsEmpty => _places.IsEmpty;

    /// <summary>Looks for resets in all samples of a series.</summary>
    public static CounterResets Find(ReadOnlySpan<double> values)
    {
        var count = 0;
        for (var i = 1; i < values.Length; i++)
        {
            count += values[i] < values[i - 1] ? 1 : 0;
        }

        if (count == 0)
        {
            return None;
        }

        var places = new int[count];
        var (lost, sums, compensations) = (new double[count], new double[count + 1], new double[count + 1]);
        var sum = new KahanSum();
        for (int i = 1, at = 0; at < count; i++)
        {
            if (values[i] < values[i - 1])
            {
                (places[at], lost[at]) = (i, values[i - 1]);
                sum.Add(values[i - 1]);
                at++;
                (sums[at], compensations[at]) = (sum.Sum, sum.Compensation);
            }
        }

        return new CounterResets(places, lost, sums, compensations);
    }

    /// <summary>Adds what was lost at the resets between the samples of a window to its change.</summary>
    public double AddTo(double change, int from, int to)
    {
        while (_to < _places.Length && _places[_to] < to)
        {
            _to++;
        }

        while (_from < _to && _places[_from] <= from)
        {
            _from++;
        }

        var lost = _sums[_to] - _sums[_from] + (_compensations[_to] - _compensations[_from]);
        if (_to - _from > FewResets && double.IsFinite(lost))
        {
            return change + lost;
        }

        for (var i = _from; i < _to; i++)
        {
            change += _lost[i];
        }

        return change;
    }
}
