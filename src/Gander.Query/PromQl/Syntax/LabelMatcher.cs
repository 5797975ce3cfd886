namespace Gander.Query.PromQl.Syntax;

/// <summary>One condition of a selector on a label.</summary>
/// <param name="Label">The label's name, any UTF-8.</param>
/// <param name="Operator">How to compare.</param>
/// <param name="Value">The text or, for the regular expressions, an RE2 pattern that must match the whole value.</param>
public sealed record LabelMatcher(string Label, MatchOperator Operator, string Value);
