using Gander.Query.PromQl.Series;

namespace Gander.Query.PromQl.Sessions;

/// <summary>One series of a metric made of sessions.</summary>
/// <param name="Labels">Its labels.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Events">What it counts.</param>
/// <param name="Part">What it shows of that.</param>
/// <param name="Bound">The bound of a bucket; <see cref="long.MaxValue"/> for the last one.</param>
internal sealed record SessionSeries(Labels Labels, SessionMetric Metric, EventLog Events, SessionMetricPart Part, long Bound)
{
    /// <summary>What an amount adds to it.</summary>
    public long Of(long amount) => Part switch
    {
        SessionMetricPart.Sum => amount,
        SessionMetricPart.Count => 1,
        _ => amount <= Bound ? 1 : 0,
    };

    /// <summary>The value of a sum of what was added.</summary>
    public double Value(long sum) => Part == SessionMetricPart.Sum ? sum / Metric.Divisor : sum;
}
