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

    /// <summary>
    /// The same for a question about the growth of counters alone (<c>rate</c>, <c>increase</c>): a source that knows the growth of
    /// some of them better than their samples tell it gives those apart.
    /// </summary>
    /// <param name="matchers">As above.</param>
    /// <param name="firstMillis">The first instant inside the first window.</param>
    /// <param name="lastMillis">The end of the last window.</param>
    /// <param name="summedBy">
    /// Where growth is only added up by some labels, these: series with known growth that agree in them may come as one, without
    /// the others. Null when each series is needed.
    /// </param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="Shared.QueryException">A limit of the source was hit.</exception>
    async ValueTask<GrowthSelection> SelectGrowthAsync(
        IReadOnlyList<LabelMatcher> matchers, long firstMillis, long lastMillis, IReadOnlyCollection<string>? summedBy, CancellationToken cancellationToken) =>
        new(await SelectAsync(matchers, firstMillis, lastMillis, cancellationToken).ConfigureAwait(false), null);
}
