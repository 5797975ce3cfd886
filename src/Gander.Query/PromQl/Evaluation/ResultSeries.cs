using Gander.Query.PromQl.Series;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>What is known of a result series before its values.</summary>
/// <param name="Labels">Its labels, the metric's name included as long as somebody may still ask for it.</param>
/// <param name="DropsName">Whether the name is taken away at the end of the query (delayed name removal).</param>
internal readonly record struct ResultSeries(Labels Labels, bool DropsName)
{
    public ResultSeries WithoutName() => this with { DropsName = true };
}
