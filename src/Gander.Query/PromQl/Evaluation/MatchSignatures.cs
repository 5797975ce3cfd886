using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>The labels by which a binary operator pairs series.</summary>
internal sealed class MatchSignatures(VectorMatching matching)
{
    private readonly HashSet<string> _names = matching.On
        ? matching.Labels.ToHashSet(StringComparer.Ordinal)
        : matching.Labels.Append(Labels.MetricName).ToHashSet(StringComparer.Ordinal);

    public Labels Of(Labels labels) => matching.On ? labels.Keep(_names) : labels.Drop(_names);
}
