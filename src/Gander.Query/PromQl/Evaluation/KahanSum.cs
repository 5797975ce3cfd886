namespace Gander.Query.PromQl.Evaluation;

/// <summary>A compensated sum (Neumaier's variant): cancellation of large terms does not lose small ones.</summary>
/// <param name="sum">What was added up so far.</param>
/// <param name="compensation">What rounding took from it.</param>
internal struct KahanSum(double sum, double compensation)
{
    public double Sum { get; private set; } = sum;

    public double Compensation { get; private set; } = compensation;

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
