using Gander.Query.PromQl.Histograms;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>Values between two samples, on the straight line from one to the other.</summary>
internal static class Interpolation
{
    /// <summary>Between floats; a counter that fell is taken to start again from zero.</summary>
    public static double Between(long firstMillis, double first, long secondMillis, double second, long millis, bool isCounter)
    {
        var start = isCounter && second < first ? 0 : first;
        return start + ((second - start) * (millis - firstMillis) / (secondMillis - firstMillis));
    }

    /// <summary>
    /// The same between native histograms, which must be of kinds that can be added; the result keeps what the second one knows of
    /// resets.
    /// </summary>
    public static FloatHistogram Between(
        long firstMillis, FloatHistogram first, long secondMillis, FloatHistogram second, long millis, bool isCounter)
    {
        if (millis == firstMillis || millis == secondMillis)
        {
            return millis == firstMillis ? first : second;
        }

        var share = (millis - firstMillis) / (double)(secondMillis - firstMillis);
        var result = isCounter && HistogramArithmetic.DetectsReset(second, first)
            ? HistogramArithmetic.Multiply(second, share)
            : HistogramArithmetic.Add(HistogramArithmetic.Multiply(HistogramArithmetic.Subtract(second, first), share), first);
        return result with { ResetHint = second.ResetHint };
    }
}
