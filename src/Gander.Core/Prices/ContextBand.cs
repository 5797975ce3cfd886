namespace Gander.Prices;

/// <summary>
/// The sizes of context between which prices may differ. Usage is added up apart by them, so that it can be priced anew
/// without every call; a table may have its limits at these sizes alone.
/// </summary>
public static class ContextBand
{
    private static readonly long[] Edges = [32_000, 64_000, 100_000, 128_000, 200_000, 256_000, 272_000, 400_000, 512_000, 1_000_000];

    /// <summary>The sizes, the smallest first.</summary>
    public static IReadOnlyList<long> Limits => Edges;

    /// <summary>The band of a call with this many input tokens, from 0.</summary>
    public static byte Of(long inputTokens)
    {
        byte band = 0;
        while (band < Edges.Length && inputTokens > Edges[band])
        {
            band++;
        }

        return band;
    }

    /// <summary>A size of context inside a band.</summary>
    public static long Inside(byte band) => band < Edges.Length ? Edges[band] : long.MaxValue;
}
