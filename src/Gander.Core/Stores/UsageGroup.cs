using Gander.Sessions.Usage;

namespace Gander.Stores;

/// <summary>Usage with the same values of what was asked to be told apart.</summary>
/// <param name="Values">The values, in the order of <see cref="UsageQuery.By"/>; null where there is none.</param>
/// <param name="Identity">Whose it is; nobody's where <see cref="UsageQuery.Persons"/> finds persons. A session has one identity, so that sessions of several groups add up where only identities differ.</param>
/// <param name="Sums">The sums.</param>
/// <param name="Sessions">Sessions that have a part in it.</param>
/// <param name="FirstPriceTable">The first version of the table of prices that sessions were priced with, by its name; null when none was.</param>
/// <param name="LastPriceTable">The last one.</param>
/// <param name="People">The persons of different names that have a part in it, where <see cref="UsageQuery.Persons"/> finds them; otherwise 0.</param>
public sealed record UsageGroup(
    IReadOnlyList<string?> Values, UsageIdentity Identity, UsageSums Sums, long Sessions, string? FirstPriceTable, string? LastPriceTable, int People = 0);
