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

    /// <summary>Adds all values of another mean.</summary>
    public void Merge(RunningMean other)
    {
        if (Count == 0 || other.Count == 0)
        {
            this = Count == 0 ? other : this;
            return;
        }

        if (!_isIncremental && !other._isIncremental)
        {
            var sum = _sum;
            sum.Add(other._sum.Sum);
            if (!double.IsInfinity(sum.Sum) || double.IsInfinity(_sum.Sum) || double.IsInfinity(other._sum.Sum))
            {
                sum.Add(double.IsInfinity(sum.Sum) ? 0 : other._sum.Compensation);
                _sum = sum;
                Count += other.Count;
                return;
            }
        }

        var (mine, others) = (Value, other.Value);
        var total = Count + other.Count;
        _isIncremental = true;
        (_mean, _compensation) = ((mine * (Count / total)) + (others * (other.Count / total)), 0);
        Count = total;
    }

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
