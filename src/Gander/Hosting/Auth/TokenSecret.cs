using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Gander.Hosting.Auth;

/// <summary>
/// Makes and hashes tokens. A token is 256 random bits, so one round of SHA-256 is enough to store it safely: there is nothing
/// to guess that a slow hash would protect, and every request pays for the hash.
/// </summary>
public static class TokenSecret
{
    /// <summary>How every token starts, so that scanners for leaked secrets and people recognise one.</summary>
    public const string Prefix = "gander_";

    private const int RandomBytes = 32;

    /// <summary>The length of a token's text.</summary>
    public static int Length { get; } = Prefix.Length + Base64Url.GetEncodedLength(RandomBytes);

    /// <summary>A new token.</summary>
    public static string Create() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    /// <summary>Whether the text has the form of a token; what has not needs no look-up.</summary>
    public static bool IsTokenShaped(ReadOnlySpan<char> text) => text.Length == Length && text.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The hash that is stored.</summary>
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
