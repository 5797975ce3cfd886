using System.Text.RegularExpressions;

namespace Gander.Commands.Agents;

/// <summary>Settings as they may be shown: enough to recognise, and no secret.</summary>
internal static partial class Masked
{
    private const string Stars = "****";
    private const int MaxLength = 200;

    // Whatever carries a credential by its name; an endpoint carries one in its user part at most.
    private static readonly string[] SecretWords = ["HEADER", "KEY", "TOKEN", "SECRET", "PASSWORD", "AUTHORIZATION"];

    /// <summary>A variable's or key's value.</summary>
    public static string Value(string name, string value) =>
        name.Contains("HEADERS", StringComparison.OrdinalIgnoreCase) ? Headers(value)
        : SecretWords.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase)) ? Stars
        : Short(Credentials().Replace(value, $"://{Stars}@"));

    /// <summary>Headers with the names kept, and the word before a credential: <c>Authorization=Basic ****</c>.</summary>
    public static string Headers(string value) => Short(string.Join(',', value.Split(',').Select(Header)));

    private static string Header(string header)
    {
        var end = header.IndexOfAny(['=', ':']);
        if (end < 0)
        {
            return Stars;
        }

        var content = header[(end + 1)..];
        var scheme = Scheme().Match(content);
        return $"{header[..(end + 1)]}{scheme.Value}{Stars}";
    }

    private static string Short(string value) => value.Length <= MaxLength ? value : $"{value[..MaxLength]}…";

    [GeneratedRegex("://[^/@]*@")]
    private static partial Regex Credentials();

    [GeneratedRegex("^ *(?:Basic|Bearer|Api-?Key)(?: |%20)+", RegexOptions.IgnoreCase)]
    private static partial Regex Scheme();
}
