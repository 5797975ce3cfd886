namespace Gander.Query.PromQl.Evaluation;

/// <summary>A mean that is a compensated sum until the sum overflows, and from then on is kept as a mean.</summary>
internal struct RunningMean
{
    private KahanSum _sum;
    private double _mean;
    private double _compensation;
    private bool _isIncremental;

    public double Count { get; private set; }

    public readonly double Value => _isIncremental ? _mean + _compensation
        : double.IsInfinity(_sum.Sum) ? _sum.Sum / Count
        : (_sum.Sum / Count) + (_sum.Compensation / Count);

    public void Add(double value)
    {
        Count++;
        if (!_isIncremental)
        {
            var sum = _sum;
            sum.Add(value);
            if (Count == 1 || !double.IsInfinity(sum.Sum))
            {
                _sum = sum;
                return;
            }

            _isIncremental = true;
            _mean = _sum.Sum / (Count - 1);
            _compensation = _sum.Compensation / (Count - 1);
        }

        var share = (Count - 1) / Count;
        var mean = new KahanSum();
        mean.Add(_mean * share);
        mean.Add(_compensation * share);
        mean.Add(value / Count);
        (_mean, _compensation) = (mean.Sum, mean.Compensation);
    }
}
