using Gander.Query.PromQl.Series;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>Puts series into groups by some of their labels, once for the whole query.</summary>
internal sealed class LabelGrouping
{
    private LabelGrouping(int[] groupOf, IReadOnlyList<ResultSeries> groups)
    {
        GroupOf = groupOf;
        Groups = groups;
    }

    /// <summary>The group of each series.</summary>
    public int[] GroupOf { get; }

    /// <summary>The groups in order of first appearance, with the labels they share.</summary>
    public IReadOnlyList<ResultSeries> Groups { get; }

    /// <summary>Groups by the labels named or, with <paramref name="without"/>, by all but these and the metric's name.</summary>
    public static LabelGrouping Of(IReadOnlyList<ResultSeries> series, IReadOnlyCollection<string> labels, bool without)
    {
        var names = without ? labels.Append(Labels.MetricName).ToHashSet(StringComparer.Ordinal) : labels.ToHashSet(StringComparer.Ordinal);
        var groupByLabels = new Dictionary<Labels, int>();
        var groups = new List<ResultSeries>();
        var groupOf = new int[series.Count];
        for (var i = 0; i < series.Count; i++)
        {
            var shared = without ? series[i].Labels.Drop(names) : names.Count == 0 ? Labels.Empty : series[i].Labels.Keep(names);
            if (!groupByLabels.TryGetValue(shared, out var group))
            {
                group = groups.Count;
                groupByLabels.Add(shared, group);
                groups.Add(new ResultSeries(shared, series[i].DropsName));
            }

            groupOf[i] = group;
        }

        return new LabelGrouping(groupOf, groups);
    }
}
