using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Api.Sessions;

/// <summary>Where a page of sessions ended; URL-safe text that only the same list takes.</summary>
internal static class SessionCursor
{
    private const byte Version = 1;
    private const int HeaderLength = 17;

    /// <summary>The text for the page after the session with this start and key.</summary>
    public static string Write(SessionQuery query, long startNanos, string key)
    {
        var name = Encoding.UTF8.GetBytes(key);
        var bytes = new byte[HeaderLength + name.Length];
        bytes[0] = Version;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(1), Hash(query));
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(9), startNanos);
        name.CopyTo(bytes, HeaderLength);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads a cursor of the same list; null for anything else.</summary>
    public static (long StartNanos, string Key)? Read(string text, SessionQuery query)
    {
        if (text.Length > 2_048 || !Base64Url.IsValid(text))
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(text);
        return bytes.Length <= HeaderLength || bytes[0] != Version || BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(1)) != Hash(query)
            ? null
            : (BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(9)), Encoding.UTF8.GetString(bytes.AsSpan(HeaderLength)));
    }

    // The range is no part of it: with relative bounds it moves from page to page, and a position in time stays right.
    private static ulong Hash(SessionQuery query) => ContentHash.Of($"{query.Agent}\0{query.User}\0{query.Status}");
}
