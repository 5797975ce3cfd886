namespace Gander.Query.PromQl.Series;

/// <summary>The exemplars of one series.</summary>
/// <param name="SeriesLabels">The labels of the series, its name included.</param>
/// <param name="Exemplars">At least one, by time.</param>
public sealed record SeriesExemplars(Labels SeriesLabels, IReadOnlyList<LabelledExemplar> Exemplars);
