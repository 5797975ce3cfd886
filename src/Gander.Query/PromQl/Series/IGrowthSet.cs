namespace Gander.Query.PromQl.Series;

/// <summary>Counters whose growth in any window is known, so that it needs no samples and nothing is extrapolated. Thread-safe.</summary>
public interface IGrowthSet
{
    /// <summary>The label sets, each once, in a fixed order.</summary>
    IReadOnlyList<Labels> Series { get; }

    /// <summary>How many measurements the growth is made of: they count as samples.</summary>
    long Measurements { get; }

    /// <summary>How much a counter grew in each window, by index in <see cref="Series"/>.</summary>
    /// <param name="series">The index.</param>
    /// <param name="windows">The windows.</param>
    /// <param name="growth">Where it is written; as long as there are windows.</param>
    /// <returns>How many of the windows, from the first on, had begun by now: those behind say nothing.</returns>
    int Read(int series, GrowthWindows windows, Span<double> growth);
}
