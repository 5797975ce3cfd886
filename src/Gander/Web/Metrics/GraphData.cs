using Gander.Query.PromQl;
using Gander.Query.PromQl.Series;

namespace Gander.Web.Metrics;

/// <summary>What a graph shows of a matrix: its largest series in columns over common times.</summary>
internal sealed class GraphData
{
    /// <summary>Series that a graph draws; more colours and lines than this cannot be told apart.</summary>
    public const int MaxSeries = 20;

    private GraphData(IReadOnlyList<long> times, IReadOnlyList<(Labels Labels, double[] Values)> series, int total, int withoutFloats) =>
        (Times, Series, Total, WithoutFloats) = (times, series, total, withoutFloats);

    /// <summary>Every step, Unix milliseconds.</summary>
    public IReadOnlyList<long> Times { get; }

    /// <summary>The series with the largest means, largest first; a step without a value is NaN.</summary>
    public IReadOnlyList<(Labels Labels, double[] Values)> Series { get; }

    /// <summary>Series with floats, drawn or not.</summary>
    public int Total { get; }

    /// <summary>Series that have nothing but native histograms, which a graph cannot draw.</summary>
    public int WithoutFloats { get; }

    /// <summary>Chooses what is shown.</summary>
    /// <param name="matrix">The answer of a range query.</param>
    /// <param name="startMillis">Its first step.</param>
    /// <param name="stepMillis">The length of its steps.</param>
    /// <param name="steps">How many there are.</param>
    public static GraphData Of(QueryResult.Matrix matrix, long startMillis, long stepMillis, int steps)
    {
        var means = matrix.Series.Select(series => (series, mean: Mean(series.Samples))).Where(entry => entry.mean is not null).ToList();
        var shown = means.OrderByDescending(entry => entry.mean).Take(MaxSeries).Select(entry => (entry.series.Labels, Values(entry.series.Samples, startMillis, stepMillis, steps)));
        return new GraphData([.. Enumerable.Range(0, steps).Select(step => startMillis + (step * stepMillis))], [.. shown], means.Count, matrix.Series.Count - means.Count);
    }

    private static double? Mean(Samples samples)
    {
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < samples.Count; i++)
        {
            if (samples.HasHistograms && samples.Histograms[i] is not null)
            {
                continue;
            }

            sum += double.IsFinite(samples.Values[i]) ? samples.Values[i] : 0;
            count++;
        }

        return count == 0 ? null : sum / count;
    }

    private static double[] Values(Samples samples, long startMillis, long stepMillis, int steps)
    {
        var values = new double[steps];
        Array.Fill(values, double.NaN);
        for (var i = 0; i < samples.Count; i++)
        {
            if (!samples.HasHistograms || samples.Histograms[i] is null)
            {
                values[(samples.Times[i] - startMillis) / stepMillis] = samples.Values[i];
            }
        }

        return values;
    }
}
