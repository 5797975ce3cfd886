using Gander.Query.PromQl.Syntax;

namespace Gander.Query.PromQl.Series;

/// <summary>Where the engine gets series from. Thread-safe.</summary>
public interface ISeriesSource
{
    /// <summary>The series that match, in any order, with their samples from the first to the last time, both included.</summary>
    /// <param name="matchers">All must hold; an absent label counts as empty.</param>
    /// <param name="firstMillis">Unix milliseconds.</param>
    /// <param name="lastMillis">Unix milliseconds.</param>
    /// <param name="maxSamples">More than this many samples is an error.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <exception cref="Shared.QueryException">The limit was hit.</exception>
    ValueTask<IReadOnlyList<SelectedSeries>> SelectAsync(
        IReadOnlyList<LabelMatcher> matchers, long firstMillis, long lastMillis, long maxSamples, CancellationToken cancellationToken);
}
