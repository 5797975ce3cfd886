using Gander.Query.PromQl.Histograms;
using Gander.Query.PromQl.Series;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>Tells counter resets between the histograms of a series.</summary>
internal static class HistogramResets
{
    /// <summary>The same samples, each counter histogram after the first marked as reset or not reset.</summary>
    public static Samples Find(Samples samples)
    {
        if (!samples.HasHistograms)
        {
            return samples;
        }

        var marked = new Samples();
        FloatHistogram? previous = null;
        for (var i = 0; i < samples.Count; i++)
        {
            if (samples.Histograms[i] is not { } histogram)
            {
                marked.Add(samples.Times[i], samples.Values[i]);
                previous = null;
                continue;
            }

            var isMarked = previous is not null && histogram.ResetHint != CounterResetHint.Gauge && !StaleMarker.Is(histogram.Sum);
            marked.Add(samples.Times[i], isMarked
                ? histogram with { ResetHint = HistogramArithmetic.DetectsReset(histogram, previous!) ? CounterResetHint.Reset : CounterResetHint.NotReset }
                : histogram);
            previous = histogram;
        }

        return marked;
    }
}
