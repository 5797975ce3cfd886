using System.Diagnostics.CodeAnalysis;
using Gander.Query.PromQl.Series;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>
/// Some of the labels of series: the ones named, or all but the ones named. Compares and hashes whole label sets by these labels
/// alone, so that groups are found without making a label set for each series.
/// </summary>
internal sealed class LabelSelection : IEqualityComparer<Labels>
{
    private readonly string[] _names;
    private readonly bool _keeps;

    private LabelSelection(IEnumerable<string> names, bool keeps)
    {
        _names = [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        _keeps = keeps;
    }

    public static LabelSelection Keeping(IEnumerable<string> names) => new(names, true);

    public static LabelSelection Dropping(IEnumerable<string> names) => new(names, false);

    /// <summary>The selected labels.</summary>
    public Labels Of(Labels labels) => _keeps ? labels.Keep(_names) : labels.Drop(_names);

    public bool Equals(Labels? left, Labels? right)
    {
        var (i, j) = (0, 0);
        while (true)
        {
            var hasLeft = Next(left!, ref i);
            var hasRight = Next(right!, ref j);
            if (!hasLeft || !hasRight)
            {
                return hasLeft == hasRight;
            }

            if (left!.Names[i] != right!.Names[j] || left.Values[i] != right.Values[j])
            {
                return false;
            }

            (i, j) = (i + 1, j + 1);
        }
    }

    public int GetHashCode([DisallowNull] Labels labels)
    {
        var hash = 17;
        for (var i = 0; Next(labels, ref i); i++)
        {
            hash = unchecked((((hash * 31) + labels.Names[i].Length + labels.Names[i][0]) * 31) + labels.Values[i].GetHashCode(StringComparison.Ordinal));
        }

        return hash;
    }

    /// <summary>Moves to the next selected label at or behind <paramref name="at"/>.</summary>
    private bool Next(Labels labels, ref int at)
    {
        var names = labels.Names;
        while (at < names.Length && Contains(names[at]) != _keeps)
        {
            at++;
        }

        return at < names.Length;
    }

    private bool Contains(string name)
    {
        foreach (var candidate in _names)
        {
            if (ReferenceEquals(candidate, name) || string.Equals(candidate, name))
            {
                return true;
            }
        }

        return false;
    }
}
