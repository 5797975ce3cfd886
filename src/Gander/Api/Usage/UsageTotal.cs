using Gander.Sessions.Usage;

namespace Gander.Api.Usage;

/// <summary>Adds up groups of usage. Not thread-safe.</summary>
internal sealed class UsageTotal
{
    private readonly HashSet<string> _people = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _priceTables = new(StringComparer.Ordinal);

    /// <summary>The sums.</summary>
    public UsageSums Sums { get; private set; }

    /// <summary>Sessions that have a part in it.</summary>
    public long Sessions { get; private set; }

    /// <summary>Persons that have a part in it.</summary>
    public int People => _people.Count;

    /// <summary>The versions of the table of prices that were used: the first and the last of them.</summary>
    public IReadOnlyList<string> PriceTables => _priceTables.Count < 2 ? [.. _priceTables] : [_priceTables.Min!, _priceTables.Max!];

    /// <summary>Adds a group of one person.</summary>
    public void Add(Stores.UsageGroup group, string? person)
    {
        Sums += group.Sums;
        Sessions += group.Sessions;
        if (person is not null)
        {
            _people.Add(person);
        }

        foreach (var table in new[] { group.FirstPriceTable, group.LastPriceTable })
        {
            if (table is not null)
            {
                _priceTables.Add(table);
            }
        }
    }

    /// <summary>Adds what has no row of its own. Sessions and persons in several such rows would count several times.</summary>
    public void Add(UsageTotal other)
    {
        Sums += other.Sums;
        Sessions += other.Sessions;
        _people.UnionWith(other._people);
        _priceTables.UnionWith(other._priceTables);
    }
}
