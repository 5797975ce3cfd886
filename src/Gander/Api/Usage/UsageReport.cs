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
    /// <summary>Makes it from what a store answered.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="groups">Groups by what was asked.</param>
    /// <param name="whole">Groups by nothing, for the total: a session that is in several rows counts there once.</param>
    /// <param name="people">Who is who.</param>
    /// <param name="pseudonyms">Other names, where they are asked for; without them nobody is named then.</param>
    public static UsageReport Of(UsageRequest request, IReadOnlyList<UsageGroup> groups, IReadOnlyList<UsageGroup> whole, People people, Pseudonyms? pseudonyms)
    {
        var rows = new Dictionary<string, (string?[] Key, UsageTotal Total)>(StringComparer.Ordinal);
        foreach (var group in groups)
        {
            if (PersonOf(request, group, people, pseudonyms) is not { } person)
            {
                continue;
            }

            var key = KeyOf(request, group, person, pseudonyms);

            // Length before text, as a name may hold whatever could separate names.
            var name = string.Concat(key.Select(part => part is null ? "-" : $"{part.Length}:{part}"));
            if (!rows.TryGetValue(name, out var row))
            {
                rows.Add(name, row = (key, new UsageTotal()));
            }

            row.Total.Add(group, person.Name);
        }

        var total = new UsageTotal();
        foreach (var group in whole)
        {
            if (PersonOf(request, group, people, pseudonyms) is { } person)
            {
                total.Add(group, person.Name);
            }
        }

        var sorted = Sorted(rows.Values, request.Sort).ToList();
        return new UsageReport([.. sorted.Take(request.Limit)], total, Rest(sorted, request.Limit), sorted.Count);
    }

    private static Person? PersonOf(UsageRequest request, UsageGroup group, People people, Pseudonyms? pseudonyms)
    {
        var person = people.Find(group.Identity);
        if (request.Pseudonyms)
        {
            person = person with { Name = pseudonyms?.Of("user", person.Name) };
        }

        return (request.User is null || request.User == person.Name) && (request.Team is null || request.Team == person.Team) ? person : null;
    }

    private static string?[] KeyOf(UsageRequest request, UsageGroup group, Person person, Pseudonyms? pseudonyms)
    {
        var key = new string?[request.By.Count];
        var next = 0;
        for (var i = 0; i < key.Length; i++)
        {
            var by = request.By[i];
            key[i] = by == UsageBy.User ? person.Name : by == UsageBy.Team ? person.Team : group.Values[next++];
            if (request.Pseudonyms && by.Dimension == UsageDimension.Host)
            {
                key[i] = pseudonyms?.Of("host", key[i]);
            }
        }

        return key;
    }

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

        var others = new UsageTotal();
        foreach (var (_, total) in sorted.Skip(limit))
        {
            others.Add(total);
        }

        return others;
    }
}
