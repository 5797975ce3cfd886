using System.Text.RegularExpressions;

namespace Gander.Commands.Agents;

/// <summary>Settings as they may be shown: enough to recognise, and no secret.</summary>
internal static partial class Masked
{
    private const string Stars = "****";
    private const string SchemeEnd = "://";
    private const int MaxLength = 200;

    // Whatever carries a credential by its name; an address carries one in its user part or its query at most.
    private static readonly string[] SecretWords = ["HEADER", "KEY", "TOKEN", "SECRET", "PASSWORD", "AUTHORIZATION"];

    // Without a scheme they are no less secret.
    private static readonly string[] AddressWords = ["ENDPOINT", "PROXY"];

    /// <summary>A variable's or key's value.</summary>
    public static string Value(string name, string value) =>
        name.Contains("HEADERS", StringComparison.OrdinalIgnoreCase) ? Headers(value)
        : SecretWords.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase)) ? Stars
        : Short(Proposed(name, value));

    /// <summary>A value that a line proposes: as it is, but for what must not be read in an address.</summary>
    public static string Proposed(string name, string value) => IsAddress(name, value) ? Address(value) : value;

    /// <summary>An address, with <c>****</c> for the user, whatever a password is made of, and for a query.</summary>
    public static string Address(Uri address) => Address(address.AbsoluteUri);

    /// <summary>The same of its beginning, up to the port.</summary>
    public static string Authority(Uri address) => Address(address.GetLeftPart(UriPartial.Authority));

    /// <summary>The same of what a person wrote, which need not be an address.</summary>
    public static string Address(string text)
    {
        var scheme = text.IndexOf(SchemeEnd, StringComparison.Ordinal);
        var start = scheme < 0 ? 0 : scheme + SchemeEnd.Length;
        var user = text.LastIndexOf('@');
        var shown = user >= start ? $"{text[..start]}{Stars}{text[user..]}" : text;
        var query = shown.IndexOfAny(['?', '#'], Math.Min(start, shown.Length));
        return query < 0 ? shown : $"{shown[..(query + 1)]}{Stars}";
    }

    /// <summary>Headers with the names kept, and the word before a credential: <c>Authorization=Basic ****</c>.</summary>
    public static string Headers(string value) => Short(string.Join(',', value.Split(',').Select(Header)));

    private static bool IsAddress(string name, string value) =>
        value.Contains(SchemeEnd, StringComparison.Ordinal) || AddressWords.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

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

    [GeneratedRegex("^ *(?:Basic|Bearer|Api-?Key)(?: |%20)+", RegexOptions.IgnoreCase)]
    private static partial Regex Scheme();
}
