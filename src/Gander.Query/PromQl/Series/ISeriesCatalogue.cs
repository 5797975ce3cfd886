using Gander.Query.PromQl.Syntax;

namespace Gander.Query.PromQl.Series;

/// <summary>
/// What series there are, for people and editors. A selector is a list of matchers that must all hold, where an absent label
/// counts as empty; several selectors are alternatives; none at all means every series. Times are Unix milliseconds, both
/// included, and approximate: a series that has samples in between is always there, one that has some shortly before or after
/// may be. <c>limit</c> is the most that comes back; ask for one more to notice that something was left out. Thread-safe.
/// </summary>
public interface ISeriesCatalogue
{
    /// <summary>The label sets of the series that match, each once, ordered by labels.</summary>
    ValueTask<IReadOnlyList<Labels>> FindAsync(
        IReadOnlyList<IReadOnlyList<LabelMatcher>> selectors, long firstMillis, long lastMillis, int limit, CancellationToken cancellationToken);

    /// <summary>The names of the labels of the series that match, in ordinal order.</summary>
    ValueTask<IReadOnlyList<string>> ListLabelNamesAsync(
        IReadOnlyList<IReadOnlyList<LabelMatcher>> selectors, long firstMillis, long lastMillis, int limit, CancellationToken cancellationToken);

    /// <summary>The values that a label has among the series that match, in ordinal order.</summary>
    ValueTask<IReadOnlyList<string>> ListLabelValuesAsync(
        string label, IReadOnlyList<IReadOnlyList<LabelMatcher>> selectors, long firstMillis, long lastMillis, int limit, CancellationToken cancellationToken);

    /// <summary>What metrics there are, by their PromQL family names in ordinal order, or the ones of that name alone. A name sent in several ways has an entry for each.</summary>
    ValueTask<IReadOnlyList<MetricFacts>> ListMetricsAsync(string? name, int limit, CancellationToken cancellationToken);

    /// <summary>The exemplars of the series that match, by series in order of labels and by time within each.</summary>
    ValueTask<IReadOnlyList<SeriesExemplars>> ReadExemplarsAsync(
        IReadOnlyList<IReadOnlyList<LabelMatcher>> selectors, long firstMillis, long lastMillis, int limit, CancellationToken cancellationToken);

    /// <summary>How many series there are and what they consist of.</summary>
    /// <param name="top">Entries of each list.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    ValueTask<CardinalityReport> ReadCardinalityAsync(int top, CancellationToken cancellationToken);
}
