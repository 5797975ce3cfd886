namespace Gander.Prices;

/// <summary>Money between the whole pico-dollars (10⁻¹² US dollars) it is added up in and the dollars it is shown in.</summary>
public static class Dollars
{
    /// <summary>Pico-dollars of one dollar.</summary>
    public const long Picos = 1_000_000_000_000;

    /// <summary>Dollars, exact.</summary>
    public static decimal Of(Int128 picos) => (decimal)picos / Picos;

    /// <summary>Pico-dollars of an amount an agent reported, what is smaller rounded; held between those that fit.</summary>
    public static long ToPicos(decimal dollars)
    {
        const decimal Most = 9_000_000m;
        return (long)decimal.Round(Math.Clamp(dollars, -Most, Most) * Picos, MidpointRounding.AwayFromZero);
    }
}
