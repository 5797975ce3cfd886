using Gander.Hosting.Identities;
using Gander.Stores;

namespace Gander.Api.Usage;

/// <summary>The answer to a request for usage: rows with what they are told apart by, and the whole.</summary>
/// <param name="Rows">The rows that are shown, sorted.</param>
/// <param name="Total">The whole, rows that are not shown included.</param>
/// <param name="Others">What the rows have that are not shown; null when all are.</param>
/// <param name="RowCount">Rows there are.</param>
internal sealed record UsageReport(IReadOnlyList<(string?[] Key, UsageTotal Total)> Rows, UsageTotal Total, UsageTotal? Others, int RowCount)
{
    /// <summary>Makes it from what a store answered to <see cref="UsageRequest.QueryOf"/>.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="groups">Groups by what was asked.</param>
    /// <param name="whole">Groups by nothing, for the total: a session that is in several rows counts there once.</param>
    /// <param name="pseudonyms">Other names, where they are asked for; without them nothing is named then.</param>
    public static UsageReport Of(UsageRequest request, IReadOnlyList<UsageGroup> groups, IReadOnlyList<UsageGroup> whole, Pseudonyms? pseudonyms)
    {
        var rows = groups.Select(group => (KeyOf(request, group, pseudonyms), UsageTotal.Of(group)));
        var sorted = Sorted(rows, request.Sort).ToList();
        return new UsageReport([.. sorted.Take(request.Limit)], whole.Select(UsageTotal.Of).FirstOrDefault(UsageTotal.None), Rest(sorted, request.Limit), sorted.Count);
    }

    private static string?[] KeyOf(UsageRequest request, UsageGroup group, Pseudonyms? pseudonyms) =>
        [.. group.Values.Select((value, i) => request.Pseudonyms && request.By[i].Dimension == UsageDimension.Host ? pseudonyms?.Of("host", value) : value)];

    private static IEnumerable<(string?[] Key, UsageTotal Total)> Sorted(IEnumerable<(string?[] Key, UsageTotal Total)> rows, string sort)
    {
        var byKey = rows.Order(Comparer<(string?[] Key, UsageTotal Total)>.Create(static (left, right) => Compare(left.Key, right.Key)));
        return sort switch
        {
            "tokens" => byKey.OrderByDescending(row => row.Total.Sums.Tokens.Total),
            "sessions" => byKey.OrderByDescending(row => row.Total.Sessions),
            "modelCalls" => byKey.OrderByDescending(row => row.Total.Sums.ModelCalls),
            "toolCalls" => byKey.OrderByDescending(row => row.Total.Sums.ToolCalls),
            "key" => byKey,
            _ => byKey.OrderByDescending(row => row.Total.Sums.CostPicos).ThenByDescending(row => row.Total.Sums.Tokens.Total),
        };
    }

    private static int Compare(string?[] left, string?[] right)
    {
        for (var i = 0; i < left.Length; i++)
        {
            if (string.CompareOrdinal(left[i], right[i]) is var order and not 0)
            {
                return order;
            }
        }

        return 0;
    }

    private static UsageTotal? Rest(List<(string?[] Key, UsageTotal Total)> sorted, int limit)
    {
        if (sorted.Count <= limit)
        {
            return null;
        }

        return sorted.Skip(limit).Aggregate(UsageTotal.None, static (sum, row) => sum + row.Total);
    }
}
