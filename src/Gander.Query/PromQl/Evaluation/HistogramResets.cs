using Gander.Query.PromQl.Histograms;
using Gander.Query.PromQl.Series;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>Tells counter resets between the histograms of a series.</summary>
internal static class HistogramResets
{
    /// <summary>Marks each counter histogram after the first as reset or not reset.</summary>
    public static void Find(Samples samples)
    {
        FloatHistogram? previous = null;
        for (var i = 0; i < samples.Count; i++)
        {
            if (samples.Histograms[i] is not { } histogram)
            {
                previous = null;
                continue;
            }

            if (previous is not null && histogram.ResetHint != CounterResetHint.Gauge && !StaleMarker.Is(histogram.Sum))
            {
                var hint = HistogramArithmetic.DetectsReset(histogram, previous) ? CounterResetHint.Reset : CounterResetHint.NotReset;
                samples.Replace(i, histogram with { ResetHint = hint });
            }

            previous = histogram;
        }
    }
}
