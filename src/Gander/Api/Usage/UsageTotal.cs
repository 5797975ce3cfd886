using Gander.Sessions.Usage;
using Gander.Stores;

namespace Gander.Api.Usage;

/// <summary>The figures of one row, of what no row shows, or of the whole.</summary>
/// <param name="Sums">The sums.</param>
/// <param name="Sessions">Sessions that have a part in it.</param>
/// <param name="People">Persons that have a part in it.</param>
/// <param name="PriceTables">The versions of the table of prices that were used: the first and the last of them.</param>
internal sealed record UsageTotal(UsageSums Sums, long Sessions, int People, IReadOnlyList<string> PriceTables)
{
    /// <summary>Nothing was used.</summary>
    public static UsageTotal None { get; } = new(default, 0, 0, []);

    /// <summary>The figures of a group.</summary>
    public static UsageTotal Of(UsageGroup group) => new(group.Sums, group.Sessions, group.People, Tables([group.FirstPriceTable, group.LastPriceTable]));

    /// <summary>Adds two up. Sessions and persons that are in both count twice.</summary>
    public static UsageTotal operator +(UsageTotal left, UsageTotal right) =>
        new(left.Sums + right.Sums, left.Sessions + right.Sessions, left.People + right.People, Tables([.. left.PriceTables, .. right.PriceTables]));

    private static List<string> Tables(IEnumerable<string?> tables)
    {
        var sorted = tables.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return sorted.Count < 2 ? sorted : [sorted[0], sorted[^1]];
    }
}
