using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>The labels by which a binary operator pairs series.</summary>
internal static class MatchSignatures
{
    public static LabelSelection Of(VectorMatching matching) => matching.On
        ? LabelSelection.Keeping(matching.Labels)
        : LabelSelection.Dropping([.. matching.Labels, Labels.MetricName]);
}
