using Gander.Query.PromQl.Syntax;

namespace Gander.Query.PromQl.Series;

/// <summary>Where the engine gets series from. Thread-safe.</summary>
public interface ISeriesSource
{
    /// <summary>Finds the series that match and may have samples from the first to the last time, both included.</summary>
    /// <param name="matchers">All must hold; an absent label counts as empty.</param>
    /// <param name="firstMillis">Unix milliseconds.</param>
    /// <param name="lastMillis">Unix milliseconds.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="Shared.QueryException">A limit of the source was hit.</exception>
    ValueTask<ISeriesSet> SelectAsync(
        IReadOnlyList<LabelMatcher> matchers, long firstMillis, long lastMillis, CancellationToken cancellationToken);
}
