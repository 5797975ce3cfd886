using Gander.Telemetry;

namespace Gander.Otlp;

/// <summary>Remembers how far the columns of a batch were filled before a point, to take back what a refused point left there.</summary>
internal readonly struct PointRollback(MetricBatch batch)
{
    private readonly int _attributes = batch.Attributes.Count;
    private readonly int _exemplars = batch.Exemplars.Count;
    private readonly int _histograms = batch.Histograms.Count;
    private readonly int _exponential = batch.ExponentialHistograms.Count;
    private readonly int _summaries = batch.Summaries.Count;
    private readonly int _counts = batch.Counts.Count;
    private readonly int _doubles = batch.Doubles.Count;

    /// <summary>Where bucket counts of the point begin.</summary>
    public int Counts => _counts;

    /// <summary>Where bounds of the point begin.</summary>
    public int Doubles => _doubles;

    /// <summary>Where exemplars of the point begin.</summary>
    public int Exemplars => _exemplars;

    /// <summary>Adds the point, or takes back everything that was added for it and counts it as refused.</summary>
    public void Finish(ref PointRow point, string? problem, MetricBatch batch, DecodeContext context, int index)
    {
        problem ??= RecordRules.Check(ref point, context.NowNanos, context.LatestNanos);
        if (problem is null)
        {
            point.Exemplars = new RowRange(_exemplars, batch.Exemplars.Count);
            batch.Add(point);
            return;
        }

        batch.Attributes.Truncate(_attributes);
        batch.Exemplars.Truncate(_exemplars);
        batch.Histograms.Truncate(_histograms);
        batch.ExponentialHistograms.Truncate(_exponential);
        batch.Summaries.Truncate(_summaries);
        batch.Counts.Truncate(_counts);
        batch.Doubles.Truncate(_doubles);
        context.Rejections.Add(problem, index);
    }
}
