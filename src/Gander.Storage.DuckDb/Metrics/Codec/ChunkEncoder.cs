namespace Gander.Storage.DuckDb.Metrics.Codec;

/// <summary>Encodes points into chunks. Keeps its memory; not thread-safe.</summary>
internal sealed class ChunkEncoder
{
    // Distributions of one chunk take at most about this much before encoding, so that no chunk outgrows a database page by far.
    private const int MaxPayload = 256 * 1024;

    private readonly BitWriter _writer = new();
    private readonly DistributionColumn _distributions = new();
    private readonly long[] _times = new long[Chunk.MaxPoints];
    private readonly long[] _starts = new long[Chunk.MaxPoints];
    private readonly long[] _bits = new long[Chunk.MaxPoints];
    private readonly long[] _scratch = new long[Chunk.MaxPoints];
    private readonly long[] _sharedTimes = new long[Chunk.MaxPoints];
    private readonly (int Offset, int Length)[] _places = new (int, int)[Chunk.MaxPoints];
    private readonly List<PointExtra> _extras = [];
    private readonly ByteWriter _payload = new();
    private byte[] _sharedTimesBytes = [];
    private int _sharedCount;

    /// <summary>Encodes points that are in order of time and start and all different; a chunk holds points of one form.</summary>
    public void Encode(in PointView points, List<Chunk> chunks)
    {
        if (points.HasOneForm)
        {
            EncodeForm(points, points.FormOf(0), chunks);
            return;
        }

        for (var form = PointForm.None; form <= PointForm.Summary; form++)
        {
            EncodeForm(points, form, chunks);
        }
    }

    private void EncodeForm(in PointView points, PointForm form, List<Chunk> chunks)
    {
        for (var row = 0; row < points.Count;)
        {
            var count = Gather(points, form, ref row);
            if (count > 0)
            {
                chunks.Add(EncodeGathered(form, count));
            }
        }
    }

    // Takes points of one form from row on until the chunk is full, and leaves row behind the last one looked at.
    private int Gather(in PointView points, PointForm form, ref int row)
    {
        var count = 0;
        _extras.Clear();
        _payload.Truncate(0);
        for (; row < points.Count && count < Chunk.MaxPoints && _payload.Length < MaxPayload; row++)
        {
            if (points.FormOf(row) != form)
            {
                continue;
            }

            _times[count] = points.Times[row];
            _starts[count] = points.StartOf(row);
            if (form >= PointForm.Histogram)
            {
                var payload = points.PayloadOf(row);
                _places[count] = (_payload.Length, payload.Length);
                _payload.WriteRaw(payload);
            }
            else
            {
                _bits[count] = points.Bits[row];
            }

            if (points.TryGetExtra(row, out var extra))
            {
                _extras.Add(extra with { Index = count });
            }

            count++;
        }

        return count;
    }

    private Chunk EncodeGathered(PointForm form, int count)
    {
        var times = _times.AsSpan(0, count);
        var timesBytes = EncodeTimes(times);
        StartColumn.Encode(_writer, _starts.AsSpan(0, count), times, _scratch);
        switch (form)
        {
            case PointForm.None:
                break;
            case PointForm.Int:
                IntColumn.Encode(_writer, _bits.AsSpan(0, count));
                break;
            case PointForm.Double:
                DoubleColumn.Encode(_writer, _bits.AsSpan(0, count), _scratch);
                break;
            default:
                _distributions.Encode(_writer, _payload.Written, _places.AsSpan(0, count));
                break;
        }

        var hasExemplars = WriteExtras();
        return new Chunk(form, hasExemplars, count, times[0], times[^1], timesBytes, _writer.TakeBytes());
    }

    private byte[] EncodeTimes(ReadOnlySpan<long> times)
    {
        if (!times.SequenceEqual(_sharedTimes.AsSpan(0, _sharedCount)))
        {
            TimeColumn.Encode(_writer, times, _scratch);
            _sharedTimesBytes = _writer.TakeBytes();
            times.CopyTo(_sharedTimes);
            _sharedCount = times.Length;
        }

        return _sharedTimesBytes;
    }

    private bool WriteExtras()
    {
        var hasExemplars = false;
        _writer.WriteVarint((ulong)_extras.Count);
        var previous = 0;
        foreach (var extra in _extras)
        {
            _writer.WriteVarint((ulong)(extra.Index - previous));
            _writer.WriteVarint(extra.Flags);
            _writer.WriteVarint((ulong)extra.Exemplars.Length);
            _writer.WriteBytes(extra.Exemplars);
            hasExemplars |= extra.Exemplars.Length > 0;
            previous = extra.Index;
        }

        return hasExemplars;
    }
}
