using System.Globalization;
using Gander.Prices;

namespace Gander.Commands.Prices;

/// <summary>How prices are written for people.</summary>
internal static class PriceText
{
    private const decimal PicosAMillionth = 1_000_000;

    /// <summary>Dollars a million tokens, or <c>-</c> where there is no rate.</summary>
    public static string Rate(long? picos) => picos is { } known ? (known / PicosAMillionth).ToString("0.######", CultureInfo.InvariantCulture) : "-";

    /// <summary>A day in UTC, or <c>-</c> where validity is open.</summary>
    public static string Day(long nanos) => nanos is long.MinValue or long.MaxValue ? "-" : Instant(nanos).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>When an entry holds.</summary>
    public static string Validity(PriceEntry entry) => (entry.FromNanos, entry.ToNanos) switch
    {
        (long.MinValue, long.MaxValue) => "at any time",
        (long.MinValue, _) => $"before {Day(entry.ToNanos)}",
        (_, long.MaxValue) => $"from {Day(entry.FromNanos)}",
        _ => $"from {Day(entry.FromNanos)}, before {Day(entry.ToNanos)}",
    };

    /// <summary>For which sizes of context each set of rates holds, with the rates.</summary>
    public static IEnumerable<(string Context, TokenRates Rates)> Bands(PriceEntry entry)
    {
        var most = entry.MaxContextTokens is { } limit ? $"up to {Tokens(limit)}" : "any";
        yield return (entry.Tiers.Count > 0 ? $"up to {Tokens(entry.Tiers[0].AboveTokens)}" : most, entry.Rates);
        for (var i = 0; i < entry.Tiers.Count; i++)
        {
            var upper = i + 1 < entry.Tiers.Count ? entry.Tiers[i + 1].AboveTokens : entry.MaxContextTokens;
            yield return ($"above {Tokens(entry.Tiers[i].AboveTokens)}{(upper is { } end ? $" up to {Tokens(end)}" : "")}", entry.Tiers[i].Rates);
        }
    }

    /// <summary>How a model was found, or why not, as the end of a sentence.</summary>
    public static string How(PriceMatchKind kind) => kind switch
    {
        PriceMatchKind.Exact => "by its exact id",
        PriceMatchKind.WithoutProvider => "without what stands before the slash",
        PriceMatchKind.WithoutDate => "without the date or mode at its end",
        PriceMatchKind.Pattern => "by a pattern",
        PriceMatchKind.OutsideValidity => "the table knows it, but not at that time",
        PriceMatchKind.Ambiguous => "several providers sell a model of that name; say which with --provider",
        PriceMatchKind.Local => "it runs on its user's own machine, which nobody bills by tokens",
        _ => "the table has no such model",
    };

    private static string Tokens(long tokens) => tokens.ToString("#,0", CultureInfo.InvariantCulture);

    private static DateTime Instant(long nanos) => DateTime.UnixEpoch.AddTicks(nanos / TimeSpan.NanosecondsPerTick);
}
