using System.Diagnostics;

namespace Gander.Query.PromQl.Syntax;

/// <summary>One condition of a selector on a label.</summary>
/// <param name="Label">The label's name, any UTF-8.</param>
/// <param name="Operator">How to compare.</param>
/// <param name="Value">The text or, for the regular expressions, an RE2 pattern that must match the whole value.</param>
/// <exception cref="ArgumentException">The pattern is not valid.</exception>
public sealed record LabelMatcher(string Label, MatchOperator Operator, string Value)
{
    /// <summary>The pattern, where <see cref="Operator"/> asks for one; else null.</summary>
    public LabelPattern? Pattern { get; } = Operator is MatchOperator.Matches or MatchOperator.NotMatches ? LabelPattern.Parse(Value) : null;

    /// <summary>Whether a value satisfies the condition; an absent label counts as the empty text.</summary>
    public bool Matches(string value) => Operator switch
    {
        MatchOperator.Equal => value == Value,
        MatchOperator.NotEqual => value != Value,
        MatchOperator.Matches => Pattern!.IsMatch(value),
        MatchOperator.NotMatches => !Pattern!.IsMatch(value),
        _ => throw new UnreachableException($"no comparison for {Operator}"),
    };
}
