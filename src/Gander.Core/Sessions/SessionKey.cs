using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Gander.Sessions.Facts;

namespace Gander.Sessions;

/// <summary>
/// Makes the keys of sessions: readable at the front, unique by a hash of agent (and whose edition of it), user, host and id at the end. The hash is
/// cryptographic, because ids come from the outside and must not be able to take another session's place.
/// </summary>
internal static class SessionKey
{
    private const int MaxReadable = 40;
    private const string Digits = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>The key of the session that the agent names <paramref name="sessionId"/>.</summary>
    public static string OfSession(Emitter emitter, string sessionId) =>
        $"{Readable(sessionId)}-{Hash(emitter, "session", sessionId)}";

    /// <summary>The key of a session that never came with an id, named by its process and start.</summary>
    public static string OfRun(Emitter emitter, ulong resourceId, long startNanos) =>
        $"run-{Hash(emitter, "run", string.Create(CultureInfo.InvariantCulture, $"{resourceId:x16}{startNanos}"))}";

    private static string Readable(string id)
    {
        var text = new StringBuilder(MaxReadable);
        foreach (var c in id.AsSpan(0, Math.Min(id.Length, MaxReadable)))
        {
            text.Append(char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '_');
        }

        return text.ToString();
    }

    private static string Hash(Emitter emitter, string kind, string id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{emitter.Maker}\0{emitter.User}\0{emitter.TellingHost}\0{kind}\0{id}"), hash);
        var (low, high) = (BinaryPrimitives.ReadUInt64BigEndian(hash), BinaryPrimitives.ReadUInt64BigEndian(hash[8..]));
        return string.Create(20, (low, high), static (text, bits) =>
        {
            for (var i = 0; i < 10; i++)
            {
                text[i] = Digits[(int)(bits.low >> (5 * i)) & 31];
                text[10 + i] = Digits[(int)(bits.high >> (5 * i)) & 31];
            }
        });
    }
}
