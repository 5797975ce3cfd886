namespace Gander.Query.PromQl.Series;

/// <summary>
/// The series that one selector found, without their samples, so that groups and pairs are known before anything is decoded
/// and no more samples are held than are being worked on. Thread-safe.
/// </summary>
public interface ISeriesSet
{
    /// <summary>The label sets, each once, in a fixed order of the source's own; a series may turn out to have no samples.</summary>
    IReadOnlyList<Labels> Series { get; }

    /// <summary>
    /// Reads the samples of series <paramref name="first"/>, <paramref name="first"/> + 1, … of the time that was selected, one
    /// series a buffer. Each buffer is cleared first and its memory reused. Parallel calls with different buffers are allowed.
    /// </summary>
    /// <param name="first">The index of the first series in <see cref="Series"/>.</param>
    /// <param name="buffers">Where the samples go; as many series are read as there are buffers.</param>
    /// <param name="maxSamples">How many samples all of them together may have.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <exception cref="Shared.QueryException">They have more than <paramref name="maxSamples"/> (a limit).</exception>
    ValueTask ReadAsync(int first, ReadOnlyMemory<Samples> buffers, long maxSamples, CancellationToken cancellationToken);
}
