namespace Gander.Sessions.Usage;

/// <summary>What one session used, hour by hour: kept beside its summary, whose figures its rows add up to.</summary>
/// <param name="Key">The session's key.</param>
/// <param name="PriceTable">The table of prices that was used.</param>
/// <param name="Rows">The rows.</param>
public sealed record SessionUsage(string Key, string PriceTable, IReadOnlyList<UsageRow> Rows)
{
    /// <summary>The sum of the rows.</summary>
    public UsageSums Sums => Rows.Aggregate(default(UsageSums), static (sum, row) => sum + row.Sums);
}
