using System.Buffers.Binary;
using System.Numerics;
using Microsoft.Win32.SafeHandles;

namespace Gander.Storage.DuckDb.Metrics.Log;

/// <summary>
/// Files of checked records: a magic number, the length, a checksum of the payload and one of these twelve bytes and the
/// record's offset, then the payload. A reader finds its way past damage by looking for the next whole record; because of the
/// offset, bytes that a sender made look like a record are none.
/// </summary>
internal static class RecordFile
{
    /// <summary>Bytes before each payload.</summary>
    public const int HeaderBytes = 16;

    private const uint Magic = 0x31524d47;

    /// <summary>Takes the payload of one record; throws <see cref="InvalidDataException"/> when it makes no sense.</summary>
    public delegate void Accept(ReadOnlySpan<byte> payload);

    /// <summary>Writes a record at <paramref name="offset"/> and returns the offset behind it. The payload is two pieces.</summary>
    public static long Write(SafeFileHandle file, long offset, ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> second)
    {
        var header = new byte[HeaderBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(header, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), (uint)(first.Length + second.Length));
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), Checksum(Checksum(0, first.Span), second.Span));
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(12), HeaderChecksum(header, offset));
        RandomAccess.Write(file, [header, first, second], offset);
        return offset + HeaderBytes + first.Length + second.Length;
    }

    /// <summary>
    /// Reads all whole records in order. Returns where the last one ends, and whether something between or before whole
    /// records was damaged; whatever follows the last whole record is a write that a crash cut off.
    /// </summary>
    public static (long End, bool IsDamaged) Read(ReadOnlySpan<byte> bytes, Accept accept)
    {
        var (offset, end, isDamaged, isSearching) = (0, 0, false, false);
        while (offset < bytes.Length)
        {
            if (!TryRead(bytes[offset..], offset, out var payload))
            {
                isSearching = true;
                var next = offset + 1 < bytes.Length ? bytes[(offset + 1)..].IndexOf(MagicBytes) : -1;
                if (next < 0)
                {
                    break;
                }

                offset += next + 1;
                continue;
            }

            isDamaged |= isSearching;
            isSearching = false;
            try
            {
                accept(payload);
            }
            catch (InvalidDataException)
            {
                isDamaged = true;
            }

            offset += HeaderBytes + payload.Length;
            end = offset;
        }

        return (end, isDamaged);
    }

    private static ReadOnlySpan<byte> MagicBytes => "GMR1"u8;

    private static bool TryRead(ReadOnlySpan<byte> bytes, long offset, out ReadOnlySpan<byte> payload)
    {
        payload = default;
        if (bytes.Length < HeaderBytes
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]) != HeaderChecksum(bytes, offset))
        {
            return false;
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        if (length > bytes.Length - HeaderBytes)
        {
            return false;
        }

        payload = bytes.Slice(HeaderBytes, (int)length);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]) == Checksum(0, payload);
    }

    private static uint HeaderChecksum(ReadOnlySpan<byte> header, long offset) => BitOperations.Crc32C(Checksum(0, header[..12]), (ulong)offset);

    private static uint Checksum(uint checksum, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= 8)
        {
            checksum = BitOperations.Crc32C(checksum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[8..];
        }

        foreach (var value in bytes)
        {
            checksum = BitOperations.Crc32C(checksum, value);
        }

        return checksum;
    }
}
