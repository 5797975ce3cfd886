using System.Buffers.Binary;
using System.Buffers.Text;
using Gander.Stores;

namespace Gander.Api.Search;

/// <summary>
/// Where a page of records ended, as callers carry it to the next page. Its text is URL-safe, says nothing to its bearer, and
/// is taken only by the search it came from.
/// </summary>
/// <param name="Position">Where the store goes on.</param>
/// <param name="LastRecord">
/// A hash of the last record given out. Late records of the very same time stand before those given out, so a count of
/// records alone would repeat some of them.
/// </param>
/// <param name="OpenTraces">Traces given out of which older spans may follow, with the time at which they start.</param>
internal sealed record PageCursor(RecordCursor Position, ulong LastRecord, IReadOnlyList<(ulong Trace, long StartNanos)> OpenTraces)
{
    /// <summary>The most traces that are remembered; of more, those that start last are forgotten and may come twice.</summary>
    public const int MaxOpenTraces = 32;

    private const byte Version = 1;
    private const int HeaderLength = 30;
    private const int TraceLength = 16;

    /// <summary>The text of the cursor for the search with this hash.</summary>
    public string Write(ulong searchHash)
    {
        var traces = OpenTraces.OrderBy(trace => trace.StartNanos).Take(MaxOpenTraces).ToList();
        var bytes = new byte[HeaderLength + (traces.Count * TraceLength)];
        bytes[0] = Version;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(1), searchHash);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(9), Position.TimeNanos);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(17), Position.Skip);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(21), LastRecord);
        bytes[29] = (byte)traces.Count;
        for (var i = 0; i < traces.Count; i++)
        {
            var at = bytes.AsSpan(HeaderLength + (i * TraceLength));
            BinaryPrimitives.WriteUInt64LittleEndian(at, traces[i].Trace);
            BinaryPrimitives.WriteInt64LittleEndian(at[8..], traces[i].StartNanos);
        }

        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads a cursor of the search with this hash; null for anything else.</summary>
    public static PageCursor? Read(string text, ulong searchHash)
    {
        if (text.Length > 1_024 || !Base64Url.IsValid(text))
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(text);
        if (bytes.Length < HeaderLength
            || bytes[0] != Version
            || BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(1)) != searchHash
            || bytes[29] > MaxOpenTraces
            || bytes.Length != HeaderLength + (bytes[29] * TraceLength))
        {
            return null;
        }

        var skip = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(17));
        var traces = new (ulong, long)[bytes[29]];
        for (var i = 0; i < traces.Length; i++)
        {
            var at = bytes.AsSpan(HeaderLength + (i * TraceLength));
            traces[i] = (BinaryPrimitives.ReadUInt64LittleEndian(at), BinaryPrimitives.ReadInt64LittleEndian(at[8..]));
        }

        return skip < 0
            ? null
            : new PageCursor(
                new RecordCursor(BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(9)), skip),
                BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(21)),
                traces);
    }
}
