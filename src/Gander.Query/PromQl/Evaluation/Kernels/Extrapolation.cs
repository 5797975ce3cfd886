using System.Runtime.CompilerServices;

namespace Gander.Query.PromQl.Evaluation.Kernels;

/// <summary>
/// What a change between the first and the last sample of a window is multiplied by to cover the whole window (Prometheus 3): a
/// boundary further from the nearest sample than 1.1 average spacings counts half a spacing only, and a counter is not
/// extrapolated below zero.
/// </summary>
internal static class Extrapolation
{
    /// <summary>The factor; the operations and their order are those of Prometheus, so that the last digits agree.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Factor(
        long startMillis, long endMillis, long firstMillis, long lastMillis, int count, bool isCounter, double first, double change, bool isRate)
    {
        var toStart = (firstMillis - startMillis) / 1000.0;
        var toEnd = (endMillis - lastMillis) / 1000.0;
        var sampled = (lastMillis - firstMillis) / 1000.0;
        var spacing = sampled / (count - 1);
        var threshold = spacing * 1.1;
        if (toStart >= threshold)
        {
            toStart = spacing / 2;
        }

        if (isCounter && change > 0 && first >= 0)
        {
            toStart = Math.Min(toStart, sampled * (first / change));
        }

        if (toEnd >= threshold)
        {
            toEnd = spacing / 2;
        }

        var factor = (sampled + toStart + toEnd) / sampled;
        return isRate ? factor / ((endMillis - startMillis) / 1000.0) : factor;
    }
}
