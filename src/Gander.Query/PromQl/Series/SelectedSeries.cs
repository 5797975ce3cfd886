namespace Gander.Query.PromQl.Series;

/// <summary>One series a selector found.</summary>
/// <param name="Labels">Its labels.</param>
/// <param name="Samples">Its samples in the time asked for.</param>
public sealed record SelectedSeries(Labels Labels, Samples Samples);
