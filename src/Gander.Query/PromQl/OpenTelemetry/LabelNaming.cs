using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Gander.Query.PromQl.OpenTelemetry;

/// <summary>Makes label names of attribute keys.</summary>
/// <param name="escapes">Whether odd characters become underscores; else keys stay as they are.</param>
/// <param name="keepsRuns">Whether several underscores stay several.</param>
/// <param name="prefixesUnderscore">Whether a single leading underscore gets <c>key</c> before it.</param>
internal sealed class LabelNaming(bool escapes, bool keepsRuns, bool prefixesUnderscore)
{
    private const string Reserved = "__";

    /// <summary>Makes a name, or says why there is none.</summary>
    public bool TryName(string key, [NotNullWhen(true)] out string? name, [NotNullWhen(false)] out string? problem)
    {
        name = null;
        if (key.Length == 0)
        {
            problem = "label name is empty";
            return false;
        }

        var text = escapes ? Escape(key) : key;
        if (!text.AsSpan().ContainsAnyExcept('_'))
        {
            problem = escapes ? $"normalization for label name \"{key}\" resulted in invalid name \"{text}\"" : $"label name \"{key}\" contains only underscores";
            return false;
        }

        (name, problem) = (text, null);
        return true;
    }

    private string Escape(string key)
    {
        var isReserved = key.Length > 2 * Reserved.Length && key.StartsWith(Reserved, StringComparison.Ordinal) && key.EndsWith(Reserved, StringComparison.Ordinal);
        var text = new StringBuilder(key.Length + 4);
        foreach (var character in isReserved ? key.AsSpan(2, key.Length - 4) : key)
        {
            var isPlain = char.IsAsciiLetterOrDigit(character);
            if (isPlain || keepsRuns || text.Length == 0 || text[^1] != '_')
            {
                text.Append(isPlain ? character : '_');
            }
        }

        if (isReserved)
        {
            return $"{Reserved}{text}{Reserved}";
        }

        if (char.IsAsciiDigit(text[0]))
        {
            text.Insert(0, "key_");
        }
        else if (prefixesUnderscore && text[0] == '_' && (text.Length == 1 || text[1] != '_'))
        {
            text.Insert(0, "key");
        }

        return text.ToString();
    }
}
