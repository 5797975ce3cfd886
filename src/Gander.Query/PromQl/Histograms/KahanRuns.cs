namespace Gander.Query.PromQl.Histograms;

/// <summary>Neumaier's compensated addition over numbers and over runs of buckets.</summary>
internal static class KahanRuns
{
    public static (double Sum, double Compensation) Add(double sum, double compensation, double term)
    {
        var next = sum + term;
        if (double.IsInfinity(next))
        {
            return (next, 0);
        }

        return (next, compensation + (Math.Abs(sum) >= Math.Abs(term) ? sum - next + term : term - next + sum));
    }

    public static (BucketRun Sum, BucketRun Compensation) Add(BucketRun sum, BucketRun compensation, BucketRun term)
    {
        if (term.IsEmpty)
        {
            return (sum, compensation);
        }

        var (first, end) = sum.IsEmpty ? (term.Offset, term.End) : (Math.Min(sum.Offset, term.Offset), Math.Max(sum.End, term.End));
        var sums = new double[end - first];
        var compensations = new double[end - first];
        for (var i = 0; i < sums.Length; i++)
        {
            (sums[i], compensations[i]) = Add(sum[first + i], compensation[first + i], term[first + i]);
        }

        return (new BucketRun(first, sums), new BucketRun(first, compensations));
    }
}
