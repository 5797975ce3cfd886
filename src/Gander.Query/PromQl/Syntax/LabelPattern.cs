using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Gander.Query.PromQl.Syntax;

/// <summary>
/// Regular expressions as PromQL means them: RE2 syntax, matched against the whole value, <c>.</c> matches line ends too
/// (Prometheus 3). Matching takes time linear in the value.
/// </summary>
public static class LabelPattern
{
    /// <summary>Compiles a pattern.</summary>
    /// <exception cref="ArgumentException">The pattern is not valid; check with <see cref="TryCompile"/> first.</exception>
    public static Regex Compile(string pattern) =>
        new($"^(?s:{Translate(pattern)})\\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <summary>Compiles a pattern, or says what is wrong with it.</summary>
    public static bool TryCompile(string pattern, [NotNullWhen(true)] out Regex? regex, [NotNullWhen(false)] out string? problem)
    {
        try
        {
            regex = Compile(pattern);
            problem = null;
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            regex = null;
            problem = exception.Message;
            return false;
        }
    }

    private static string Translate(string pattern) => pattern.Replace("(?P<", "(?<", StringComparison.Ordinal);
}
