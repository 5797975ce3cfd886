using Gander.Query.PromQl.Series;
using Gander.Query.Shared;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>The info series that hold for one job and instance at some steps, at most one a metric; none at all is a case too.</summary>
/// <param name="infos">The labels of the info series, by metric.</param>
/// <param name="steps">How many steps the query has.</param>
/// <param name="position">Where <c>info()</c> stands.</param>
internal sealed class InfoVariant(IReadOnlyList<Labels> infos, int steps, TextPosition position)
{
    private readonly ulong[] _present = new ulong[(steps + 63) / 64];
    private string? _conflict;

    public IReadOnlyList<Labels> Infos => infos;

    public void Mark(int step) => _present[step >> 6] |= 1UL << (step & 63);

    /// <summary>A series with the labels wanted of the info series, or with all when none are named; its own labels stay.</summary>
    public Labels Enrich(Labels labels, HashSet<string> wanted)
    {
        var added = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in infos.SelectMany(info => info.Pairs()).Where(pair => pair.Key != Labels.MetricName))
        {
            if (wanted.Count > 0 && !wanted.Contains(name))
            {
                continue;
            }

            if (added.TryGetValue(name, out var other) && other != value)
            {
                _conflict = name;
            }

            if (labels[name].Length == 0)
            {
                added[name] = value;
            }
        }

        foreach (var (name, value) in added)
        {
            labels = labels.With(name, value);
        }

        return labels;
    }

    /// <summary>Leaves only the steps at which this is the case.</summary>
    /// <exception cref="QueryException">There are any, and two metrics say different things of one label.</exception>
    public void Keep(StepBlock block)
    {
        for (var word = 0; word < _present.Length; word++)
        {
            block.UnsetWord(word, ~_present[word]);
        }

        if (_conflict is not null && !block.IsEmpty)
        {
            throw new QueryException(QueryErrorKind.Execution, $"conflicting label: {_conflict}", position);
        }
    }
}
