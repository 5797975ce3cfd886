using System.Text;
using System.Text.RegularExpressions;
using Gander.Query.PromQl.Syntax;
using Gander.Query.Shared;

namespace Gander.Query.PromQl.OpenTelemetry;

/// <summary>A matcher made ready: what it looks up, or the question it asks of each value. Immutable and thread-safe.</summary>
internal sealed class LabelTest
{
    private const string Special = @"\.+*?()[]{}^$|";

    private readonly LabelMatcher _matcher;
    private readonly Regex? _pattern;

    /// <summary>Makes a matcher ready.</summary>
    /// <exception cref="QueryException">Its pattern is not valid.</exception>
    public LabelTest(LabelMatcher matcher)
    {
        _matcher = matcher;
        if (matcher.Operator is MatchOperator.Equal or MatchOperator.NotEqual)
        {
            Literals = [matcher.Value];
        }
        else
        {
            Literals = Alternatives(matcher.Value);
            if (Literals is null)
            {
                _pattern = LabelPattern.TryCompile(matcher.Value, out var pattern, out var problem)
                    ? pattern
                    : throw new QueryException(QueryErrorKind.BadQuery, $"the pattern of {matcher.Label} is not valid: {problem}");
            }
        }

        AcceptsAbsent = Accepts("");
    }

    /// <summary>The label.</summary>
    public string Label => _matcher.Label;

    /// <summary>Whether the test is for being none of something.</summary>
    public bool IsNegative => _matcher.Operator is MatchOperator.NotEqual or MatchOperator.NotMatches;

    /// <summary>The only values compared with, when they can be listed.</summary>
    public IReadOnlyList<string>? Literals { get; }

    /// <summary>Whether a series without the label matches.</summary>
    public bool AcceptsAbsent { get; }

    /// <summary>Whether the value can be looked up instead of asked for.</summary>
    public bool IsLookup => !IsNegative && !AcceptsAbsent && Literals is not null;

    /// <summary>Whether a value matches.</summary>
    public bool Accepts(string value)
    {
        var matches = Literals?.Contains(value, StringComparer.Ordinal) ?? _pattern!.IsMatch(value);
        return matches != IsNegative;
    }

    // The texts of a pattern that is nothing but texts with bars between them, the way dashboards write a choice of values.
    private static List<string>? Alternatives(string pattern)
    {
        var texts = new List<string>();
        var text = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            var character = pattern[i];
            if (character == '|')
            {
                texts.Add(text.ToString());
                text.Clear();
            }
            else if (character == '\\' && i + 1 < pattern.Length && Special.Contains(pattern[i + 1], StringComparison.Ordinal))
            {
                text.Append(pattern[++i]);
            }
            else if (Special.Contains(character, StringComparison.Ordinal))
            {
                return null;
            }
            else
            {
                text.Append(character);
            }
        }

        texts.Add(text.ToString());
        return texts;
    }
}
