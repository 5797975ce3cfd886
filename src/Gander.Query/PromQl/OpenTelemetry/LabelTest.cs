using Gander.Query.PromQl.Syntax;
using Gander.Query.Shared;

namespace Gander.Query.PromQl.OpenTelemetry;

/// <summary>A matcher made ready: what it looks up, or the question it asks of each value. Immutable and thread-safe.</summary>
internal sealed class LabelTest
{
    private readonly LabelMatcher _matcher;
    private readonly LabelPattern? _pattern;

    /// <summary>Makes a matcher ready.</summary>
    /// <exception cref="QueryException">Its pattern is not valid.</exception>
    public LabelTest(LabelMatcher matcher)
    {
        _matcher = matcher;
        if (matcher.Operator is MatchOperator.Equal or MatchOperator.NotEqual)
        {
            Literals = [matcher.Value];
        }
        else if (LabelPattern.TryParse(matcher.Value, out _pattern, out var problem))
        {
            Literals = _pattern.Literals;
        }
        else
        {
            throw new QueryException(QueryErrorKind.BadQuery, $"the pattern of {matcher.Label} is not valid: {problem}");
        }

        AcceptsAbsent = Accepts("");
    }

    /// <summary>The label.</summary>
    public string Label => _matcher.Label;

    /// <summary>Whether the test is for being none of something.</summary>
    public bool IsNegative => _matcher.Operator is MatchOperator.NotEqual or MatchOperator.NotMatches;

    /// <summary>The only values compared with, when they can be listed.</summary>
    public IReadOnlyCollection<string>? Literals { get; }

    /// <summary>Whether a series without the label matches.</summary>
    public bool AcceptsAbsent { get; }

    /// <summary>Whether the value can be looked up instead of asked for.</summary>
    public bool IsLookup => !IsNegative && !AcceptsAbsent && Literals is not null;

    /// <summary>Whether a value matches.</summary>
    public bool Accepts(string value)
    {
        var matches = _pattern?.IsMatch(value) ?? string.Equals(value, _matcher.Value, StringComparison.Ordinal);
        return matches != IsNegative;
    }
}
