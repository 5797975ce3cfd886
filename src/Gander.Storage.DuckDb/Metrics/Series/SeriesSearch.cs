using Gander.Stores;

namespace Gander.Storage.DuckDb.Metrics.Series;

/// <summary>Answers matchers from the index: sets of ids for look-ups, one question a distinct value for predicates.</summary>
internal static class SeriesSearch
{
    /// <summary>
    /// The ids that match, ascending. <paramref name="read"/> runs what it is given under the index's lock; predicates of the
    /// caller run outside of it.
    /// </summary>
    public static int[] Find(IReadOnlyList<SeriesMatcher> matchers, IndexReader read, Func<int, MetricSeries?> seriesOf, CancellationToken cancellationToken)
    {
        int[]? found = null;
        foreach (var equal in matchers.OfType<SeriesMatcher.Equal>().Where(matcher => matcher.Value != SeriesField.AbsentValue))
        {
            var ids = read(index => index.Find(equal.Field, equal.Value)).Span;
            found = found is null ? ids.ToArray() : Intersect(found, ids);
        }

        foreach (var matcher in matchers.Where(matcher => matcher is not SeriesMatcher.Equal equal || equal.Value == SeriesField.AbsentValue))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var values = 0;
            read(index =>
            {
                values = index.CountValues(matcher.Field);
                return default;
            });
            found = found is not null && found.Length <= values
                ? Array.FindAll(found, id => seriesOf(id) is { } series && matcher.Accepts(series[matcher.Field]))
                : Apply(matcher, found, read);
        }

        return found ?? read(index => index.All).ToArray();
    }

    private static int[] Apply(SeriesMatcher matcher, int[]? found, IndexReader read)
    {
        IReadOnlyList<(Gander.Telemetry.AttributeValue Value, ReadOnlyMemory<int> Ids)> values = [];
        var all = read(index =>
        {
            values = index.Values(matcher.Field);
            return index.All;
        });
        var takesAbsent = matcher.Accepts(SeriesField.AbsentValue);

        // A value that was sent empty is the absent one: it must not be asked about twice with two answers.
        var listed = Union(values.Where(entry => matcher.Accepts(entry.Value) != takesAbsent).Select(entry => entry.Ids));
        return takesAbsent
            ? Except(found ?? all.Span, listed)
            : found is null ? listed : Intersect(found, listed);
    }

    private static int[] Union(IEnumerable<ReadOnlyMemory<int>> sets)
    {
        var merged = new List<int>();
        var count = 0;
        foreach (var set in sets)
        {
            merged.AddRange(set.Span);
            count++;
        }

        if (count > 1)
        {
            merged.Sort();
        }

        return [.. merged];
    }

    private static int[] Intersect(int[] left, ReadOnlySpan<int> right)
    {
        var kept = new List<int>(Math.Min(left.Length, right.Length));
        for (int i = 0, j = 0; i < left.Length && j < right.Length;)
        {
            if (left[i] == right[j])
            {
                kept.Add(left[i]);
                i++;
                j++;
            }
            else if (left[i] < right[j])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return [.. kept];
    }

    private static int[] Except(ReadOnlySpan<int> left, ReadOnlySpan<int> right)
    {
        var kept = new List<int>(left.Length);
        var j = 0;
        foreach (var id in left)
        {
            while (j < right.Length && right[j] < id)
            {
                j++;
            }

            if (j == right.Length || right[j] != id)
            {
                kept.Add(id);
            }
        }

        return [.. kept];
    }
}
