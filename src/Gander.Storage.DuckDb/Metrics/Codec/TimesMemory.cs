namespace Gander.Storage.DuckDb.Metrics.Codec;

/// <summary>
/// The times decoded last. Series that were sent together have equal times chunk by chunk, so that those of a whole run of
/// series are decoded once. Not thread-safe.
/// </summary>
internal sealed class TimesMemory
{
    private const int Remembered = 16;
    private const int MaxBytes = (Chunk.MaxPoints * 9) + 32;

    private readonly DecodedTimes?[] _times = new DecodedTimes?[Remembered];
    private int _last;
    private int _oldest;

    /// <summary>The times of a chunk; good until others are asked for.</summary>
    /// <exception cref="InvalidDataException">The bytes are no times.</exception>
    public DecodedTimes Of(ReadOnlySpan<byte> bytes, int count)
    {
        if (count is < 1 or > Chunk.MaxPoints || bytes.Length > MaxBytes)
        {
            throw new InvalidDataException("A chunk has an impossible number of points.");
        }

        // The chunk behind the last one of a series is most often the one that was behind it in the series before.
        for (var i = 1; i <= Remembered; i++)
        {
            var place = (_last + i) % Remembered;
            if (_times[place] is { } known && known.Are(bytes, count))
            {
                _last = place;
                return known;
            }
        }

        _last = _oldest;
        _oldest = (_oldest + 1) % Remembered;
        var times = _times[_last] ??= new DecodedTimes();
        times.Read(bytes, count);
        return times;
    }
}
