using System.IO.Compression;
using System.Runtime.InteropServices;
using Gander.Telemetry;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Gander.Otlp;

/// <summary>
/// Unpacks a body that has been received whole into a batch's text. Stops at the limit while unpacking, so that a compression
/// bomb costs no more than the limit.
/// </summary>
internal static class BodyUnpacker
{
    private const int BlockBytes = 128 * 1024;

    /// <summary>The codings as a sender may write them, for <c>Accept-Encoding</c> and <c>grpc-accept-encoding</c>.</summary>
    public const string Accepted = "gzip, deflate, zstd, br";

    /// <summary>Reads the name of one coding; false when it is none of ours.</summary>
    public static bool TryParse(string? name, out ContentCoding coding)
    {
        (coding, var known) = name?.Trim().ToLowerInvariant() switch
        {
            null or "" or "identity" => (ContentCoding.None, true),
            "gzip" or "x-gzip" => (ContentCoding.Gzip, true),
            "deflate" => (ContentCoding.Deflate, true),
            "zstd" => (ContentCoding.Zstd, true),
            "br" => (ContentCoding.Brotli, true),
            _ => (ContentCoding.None, false),
        };
        return known;
    }

    /// <summary>Unpacks <paramref name="packed"/> behind what <paramref name="target"/> holds.</summary>
    /// <param name="coding">The compression.</param>
    /// <param name="packed">The whole body as sent.</param>
    /// <param name="target">Where to.</param>
    /// <param name="maxBytes">Bytes after which unpacking stops.</param>
    /// <param name="tryHold">Asked with the bytes unpacked so far before more are made.</param>
    public static UnpackResult Unpack(ContentCoding coding, TextBuffer packed, TextBuffer target, int maxBytes, Func<long, bool> tryHold)
    {
        using var source = Stream(packed);
        try
        {
            using var stream = Open(coding, source);
            while (true)
            {
                if (!tryHold(target.Length + BlockBytes))
                {
                    return UnpackResult.Overloaded;
                }

                var read = stream.Read(target.GetSpan(BlockBytes)[..BlockBytes]);
                if (read == 0)
                {
                    return UnpackResult.Done;
                }

                target.Advance(read);
                if (target.Length > maxBytes)
                {
                    return UnpackResult.TooLarge;
                }
            }
        }
        catch (Exception e) when (e is InvalidDataException or ZstdException or EndOfStreamException or InvalidOperationException)
        {
            return UnpackResult.Malformed;
        }
    }

    private static MemoryStream Stream(TextBuffer packed)
    {
        // Room for a byte more, so that the memory exists even for an empty body.
        return MemoryMarshal.TryGetArray((ReadOnlyMemory<byte>)packed.GetMemory(1), out var segment)
            ? new MemoryStream(segment.Array!, 0, packed.Length, writable: false, publiclyVisible: true)
            : new MemoryStream(packed.Written.ToArray());
    }

    private static Stream Open(ContentCoding coding, MemoryStream source) => coding switch
    {
        ContentCoding.Gzip => new GZipStream(source, CompressionMode.Decompress),
        ContentCoding.Deflate => IsZlib(source) ? new ZLibStream(source, CompressionMode.Decompress) : new DeflateStream(source, CompressionMode.Decompress),
        ContentCoding.Brotli => new BrotliStream(source, CompressionMode.Decompress),
        ContentCoding.Zstd => OpenZstd(source),
        _ => source,
    };

    private static DecompressionStream OpenZstd(MemoryStream source)
    {
        var stream = new DecompressionStream(source, BlockBytes, checkEndOfStream: true);
        // The window a frame may ask for is memory that is taken before anything is unpacked: 8 MiB is what RFC 8878 asks decoders to support.
        stream.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, 23);
        return stream;
    }

    // RFC 9110 means zlib by "deflate", and many senders mean the bare format.
    private static bool IsZlib(MemoryStream source)
    {
        var bytes = source.GetBuffer();
        return source.Length >= 2 && (bytes[0] & 0x0f) == 8 && ((bytes[0] << 8) | bytes[1]) % 31 == 0;
    }
}
