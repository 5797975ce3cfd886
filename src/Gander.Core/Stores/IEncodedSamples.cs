namespace Gander.Stores;

/// <summary>
/// Numbers of series as they were at one moment, found but not yet decoded: much smaller than the samples, so that many series
/// can be found at once and decoded few at a time. Reads may run in parallel; dispose it after the last one.
/// </summary>
public interface IEncodedSamples : IDisposable
{
    /// <summary>
    /// Decodes some of the series into <paramref name="samples"/>, which is cleared first and then holds a run for each, ordered
    /// by time, then by start.
    /// </summary>
    /// <param name="positions">Positions in the ids that were opened.</param>
    /// <param name="samples">Takes the samples.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="SampleLimitException">There are more samples than the buffer allows.</exception>
    void Read(ReadOnlySpan<int> positions, SampleBuffer samples, CancellationToken cancellationToken);

    /// <summary>How many samples a series has at most.</summary>
    /// <param name="position">Its position in the ids that were opened.</param>
    int MostSamples(int position);

    /// <summary>
    /// Decodes a series without its starts, which is the fast way. -1, and nothing said of the memory given, where samples came
    /// out of order or share a millisecond, so that <see cref="Read"/> has to put them in order.
    /// </summary>
    /// <param name="position">Its position in the ids that were opened.</param>
    /// <param name="timesMillis">Takes the times, Unix milliseconds rounded down; room for <see cref="MostSamples"/>.</param>
    /// <param name="values">Takes the values, as <see cref="SampleBuffer"/> holds them.</param>
    /// <returns>How many samples there are, or -1.</returns>
    int TryRead(int position, Span<long> timesMillis, Span<double> values);
}
