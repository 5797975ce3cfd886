namespace Gander.Query.PromQl.Series;

/// <summary>The NaN that says a series has ended; it differs from every other NaN by its bits (Prometheus, model/value).</summary>
public static class StaleMarker
{
    /// <summary>The bits of the marker.</summary>
    public const long Bits = 0x7ff0000000000002;

    /// <summary>The marker.</summary>
    public static double Value => BitConverter.Int64BitsToDouble(Bits);

    /// <summary>Whether a sample is the marker.</summary>
    public static bool Is(double value) => BitConverter.DoubleToInt64Bits(value) == Bits;
}
