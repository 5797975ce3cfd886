namespace Gander.Query.PromQl.Evaluation;

/// <summary>Population variance by Welford's method, compensated.</summary>
internal struct RunningVariance
{
    private KahanSum _mean;
    private KahanSum _squares;

    public double Count { get; private set; }

    public readonly double Value => (_squares.Sum + _squares.Compensation) / Count;

    public void Add(double value)
    {
        Count++;
        var delta = value - (_mean.Sum + _mean.Compensation);
        _mean.Add(delta / Count);
        _squares.Add(delta * (value - (_mean.Sum + _mean.Compensation)));
    }
}
