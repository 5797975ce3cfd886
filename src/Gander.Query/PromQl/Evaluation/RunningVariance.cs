namespace Gander.Query.PromQl.Evaluation;

/// <summary>Population variance by Welford's method, compensated.</summary>
internal struct RunningVariance
{
    private KahanSum _mean;
    private KahanSum _squares;

    public double Count { get; private set; }

    public readonly double Value => (_squares.Sum + _squares.Compensation) / Count;

    /// <summary>Adds all values of another variance (Chan's formula).</summary>
    public void Merge(RunningVariance other)
    {
        if (Count == 0 || other.Count == 0)
        {
            this = Count == 0 ? other : this;
            return;
        }

        var total = Count + other.Count;
        var delta = other._mean.Value - _mean.Value;
        _mean.Add(delta * (other.Count / total));
        _squares.Add(other._squares.Value);
        _squares.Add(delta * delta * (Count * other.Count / total));
        Count = total;
    }

    public void Add(double value)
    {
        Count++;
        var delta = value - (_mean.Sum + _mean.Compensation);
        _mean.Add(delta / Count);
        _squares.Add(delta * (value - (_mean.Sum + _mean.Compensation)));
    }
}
