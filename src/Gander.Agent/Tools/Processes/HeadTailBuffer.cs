using System.Globalization;
using System.Text;

namespace Gander.Agent.Tools.Processes;

/// <summary>
/// Keeps the beginning and the end of an output of any length in bounded memory: a command says at its start what it does and at
/// its end how it went. Safe for one writer and readers at the same time.
/// </summary>
/// <param name="maxBytes">Bytes kept in all, half of them from each end.</param>
internal sealed class HeadTailBuffer(int maxBytes)
{
    private readonly Lock _lock = new();
    private readonly int _headLimit = maxBytes - maxBytes / 2;
    private readonly int _tailLimit = maxBytes / 2;
    private byte[] _head = [];
    private int _headLength;
    private byte[] _tail = [];
    private long _tailTotal;
    private long _lines;

    /// <summary>Bytes that came, kept or not.</summary>
    public long Total
    {
        get
        {
            lock (_lock)
            {
                return _headLength + _tailTotal;
            }
        }
    }

    /// <summary>Takes what came next.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            _lines += bytes.Count((byte)'\n');
            var toHead = Math.Min(bytes.Length, _headLimit - _headLength);
            if (toHead > 0)
            {
                Grow(ref _head, _headLength + toHead, _headLimit);
                bytes[..toHead].CopyTo(_head.AsSpan(_headLength));
                _headLength += toHead;
            }

            AppendTail(bytes[toHead..]);
        }
    }

    /// <summary>All of it, or both ends with a line between them that says how much is left out. What is not UTF-8 shows as U+FFFD.</summary>
    public string ToText()
    {
        lock (_lock)
        {
            var tail = Tail();
            if (_tailTotal <= _tailLimit)
            {
                return Encoding.UTF8.GetString([.. _head.AsSpan(0, _headLength), .. tail]);
            }

            var head = WholeLinesAtStart(_head.AsSpan(0, _headLength));
            var end = WholeLinesAtEnd(tail);
            var bytes = _headLength + _tailTotal - head.Length - end.Length;
            var lines = _lines - head.Count((byte)'\n') - end.Count((byte)'\n');
            var note = string.Create(CultureInfo.InvariantCulture, $"[... {bytes:N0} bytes in {lines:N0} lines left out ...]\n");
            var first = Encoding.UTF8.GetString(head);
            return first + (first.EndsWith('\n') ? "" : "\n") + note + Encoding.UTF8.GetString(end);
        }
    }

    private static void Grow(ref byte[] array, int needed, int limit)
    {
        if (array.Length < needed)
        {
            Array.Resize(ref array, Math.Min(limit, Math.Max(needed, Math.Max(4_096, array.Length * 2))));
        }
    }

    // A line is cut only where it is longer than half of what is kept; characters never are.
    private static ReadOnlySpan<byte> WholeLinesAtStart(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.LastIndexOf((byte)'\n');
        if (end >= bytes.Length / 2)
        {
            return bytes[..(end + 1)];
        }

        var length = bytes.Length;
        while (length > 0 && bytes.Length - length < 4 && (bytes[length - 1] & 0xC0) == 0x80)
        {
            length--;
        }

        return length > 0 && bytes[length - 1] >= 0xC0 ? bytes[..(length - 1)] : bytes;
    }

    private static ReadOnlySpan<byte> WholeLinesAtEnd(ReadOnlySpan<byte> bytes)
    {
        var start = bytes.IndexOf((byte)'\n');
        if (start >= 0 && start < bytes.Length / 2)
        {
            return bytes[(start + 1)..];
        }

        var skip = 0;
        while (skip < Math.Min(3, bytes.Length) && (bytes[skip] & 0xC0) == 0x80)
        {
            skip++;
        }

        return bytes[skip..];
    }

    private void AppendTail(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        // Until the ring is full it grows like a list; only then does it wrap around.
        if (_tailTotal < _tailLimit)
        {
            Grow(ref _tail, (int)Math.Min(_tailLimit, _tailTotal + bytes.Length), _tailLimit);
        }

        var skipped = Math.Max(0, bytes.Length - _tailLimit);
        _tailTotal += skipped;
        bytes = bytes[skipped..];
        if (_tail.Length < _tailLimit && skipped > 0)
        {
            Array.Resize(ref _tail, _tailLimit);
        }

        var at = (int)(_tailTotal % _tailLimit);
        var first = Math.Min(bytes.Length, _tailLimit - at);
        bytes[..first].CopyTo(_tail.AsSpan(at));
        bytes[first..].CopyTo(_tail);
        _tailTotal += bytes.Length;
    }

    private byte[] Tail()
    {
        if (_tailTotal <= _tailLimit)
        {
            return _tail.AsSpan(0, (int)_tailTotal).ToArray();
        }

        var at = (int)(_tailTotal % _tailLimit);
        return [.. _tail.AsSpan(at), .. _tail.AsSpan(0, at)];
    }
}
