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
        var selection = without ? LabelSelection.Dropping([.. labels, Labels.MetricName]) : LabelSelection.Keeping(labels);
        var groupByLabels = new Dictionary<Labels, int>(selection);
        var groups = new List<ResultSeries>();
        var groupOf = new int[series.Count];
        for (var i = 0; i < groupOf.Length; i++)
        {
            var one = series[i];
            if (!groupByLabels.TryGetValue(one.Labels, out var group))
            {
                group = groups.Count;
                groupByLabels.Add(one.Labels, group);
                groups.Add(new ResultSeries(selection.Of(one.Labels), one.DropsName));
            }

            groupOf[i] = group;
        }

        return new LabelGrouping(groupOf, groups);
    }

    /// <summary>The series of each group, in order.</summary>
    public List<int>[] Members()
    {
        var members = new List<int>[Groups.Count];
        for (var i = 0; i < GroupOf.Length; i++)
        {
            (members[GroupOf[i]] ??= []).Add(i);
        }

        return members;
    }
}
