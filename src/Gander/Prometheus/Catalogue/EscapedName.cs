using System.Globalization;
using System.Text;

namespace Gander.Prometheus.Catalogue;

/// <summary>
/// Names that are no classic label names, as they stand in a path: <c>U__</c> before it, a doubled <c>_</c> for each
/// underscore, and other characters as <c>_hex_</c> (Prometheus, "Escaping schemes", values).
/// </summary>
internal static class EscapedName
{
    private const string Prefix = "U__";
    private const int MaxDigits = 6;

    /// <summary>The name that is meant. What only looks escaped is taken as it stands.</summary>
    public static string Read(string text)
    {
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return text;
        }

        var name = new StringBuilder();
        for (var at = Prefix.Length; at < text.Length; at++)
        {
            if (text[at] != '_')
            {
                name.Append(text[at]);
                continue;
            }

            if (at + 1 < text.Length && text[at + 1] == '_')
            {
                name.Append('_');
                at++;
                continue;
            }

            var end = text.IndexOf('_', at + 1);
            if (end < 0 || end - at - 1 > MaxDigits || !int.TryParse(text.AsSpan(at + 1, end - at - 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || !Rune.IsValid(code))
            {
                return text;
            }

            name.Append(new Rune(code));
            at = end;
        }

        return name.ToString();
    }
}
