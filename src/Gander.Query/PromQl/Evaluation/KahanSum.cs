namespace Gander.Query.PromQl.Evaluation;

/// <summary>A compensated sum (Neumaier's variant): cancellation of large terms does not lose small ones.</summary>
internal struct KahanSum
{
    public double Sum { get; private set; }

    public double Compensation { get; private set; }

    /// <summary>The sum; an infinity needs no compensation and would turn it into NaN.</summary>
    public readonly double Value => double.IsInfinity(Sum) ? Sum : Sum + Compensation;

    public void Add(double term)
    {
        var sum = Sum + term;
        if (double.IsInfinity(sum))
        {
            Compensation = 0;
        }
        else if (Math.Abs(Sum) >= Math.Abs(term))
        {
            Compensation += Sum - sum + term;
        }
        else
        {
            Compensation += term - sum + Sum;
        }

        Sum = sum;
    }
}
