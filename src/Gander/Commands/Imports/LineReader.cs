namespace Gander.Commands.Imports;

/// <summary>Reads a stream line by line, holding at most one line and never one that is longer than allowed.</summary>
internal sealed class LineReader(Stream stream, int maxBytes) : IDisposable
{
    private readonly byte[] _buffer = new byte[1 << 16];
    private readonly MemoryStream _line = new();
    private int _start;
    private int _end;
    private int _number;

    /// <summary>One line.</summary>
    /// <param name="Number">Counted from 1.</param>
    /// <param name="Bytes">Without its end; null when it is too long.</param>
    internal sealed record Line(int Number, ReadOnlyMemory<byte>? Bytes);

    /// <summary>The next line, or null at the end.</summary>
    public async Task<Line?> ReadAsync(CancellationToken cancellationToken)
    {
        _line.SetLength(0);
        var isTooLong = false;
        var hasAny = false;
        while (await FillAsync(cancellationToken))
        {
            hasAny = true;
            var length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            var taken = length < 0 ? _end - _start : length;
            isTooLong |= _line.Length + taken > maxBytes;
            if (!isTooLong)
            {
                _line.Write(_buffer, _start, taken);
            }

            _start += length < 0 ? taken : taken + 1;
            if (length >= 0)
            {
                break;
            }
        }

        return hasAny ? new Line(++_number, isTooLong ? (ReadOnlyMemory<byte>?)null : _line.ToArray()) : null;
    }

    /// <summary>A line that was read and everything after it; null when that is too much.</summary>
    public async Task<ReadOnlyMemory<byte>?> ReadRestAsync(ReadOnlyMemory<byte> firstLine, CancellationToken cancellationToken)
    {
        using var whole = new MemoryStream();
        whole.Write(firstLine.Span);
        whole.WriteByte((byte)'\n');
        while (await FillAsync(cancellationToken))
        {
            if (whole.Length + _end - _start > maxBytes)
            {
                return null;
            }

            whole.Write(_buffer, _start, _end - _start);
            _start = _end;
        }

        return whole.ToArray();
    }

    public void Dispose() => _line.Dispose();

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_start == _end)
        {
            (_start, _end) = (0, await stream.ReadAsync(_buffer, cancellationToken));
        }

        return _end > _start;
    }
}
