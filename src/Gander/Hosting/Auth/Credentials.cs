using System.Net.Http.Headers;
using System.Text;

namespace Gander.Hosting.Auth;

/// <summary>
/// Finds the texts in an <c>Authorization</c> header that may be a token. Agents and guides write it in many ways: as a bearer
/// token, as the password or the name of Basic credentials, as the whole Basic credential, or as its Base64.
/// </summary>
internal static class Credentials
{
    private const int MaxLength = 1_024;

    /// <summary>At most four candidates; none for a header that is no credential.</summary>
    public static IReadOnlyList<string> Candidates(string? authorization)
    {
        if (authorization is null or { Length: > MaxLength } || !AuthenticationHeaderValue.TryParse(authorization, out var header) || header.Parameter is not { } parameter)
        {
            return [];
        }

        return header.Scheme.ToUpperInvariant() switch
        {
            "BEARER" => [parameter],
            "BASIC" => [parameter, .. Decoded(parameter)],
            _ => [],
        };
    }

    private static List<string> Decoded(string parameter)
    {
        var bytes = new byte[parameter.Length];
        // Some guides cut the padding off.
        var padded = parameter.PadRight((parameter.Length + 3) / 4 * 4, '=');
        if (!Convert.TryFromBase64String(padded, bytes, out var length))
        {
            return [];
        }

        var text = Encoding.UTF8.GetString(bytes, 0, length).Trim();
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? [text] : [text[(colon + 1)..], text[..colon]];
    }
}
