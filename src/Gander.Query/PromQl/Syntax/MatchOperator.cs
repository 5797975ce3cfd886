namespace Gander.Query.PromQl.Syntax;

/// <summary>How a selector compares a label; an absent label counts as the empty text.</summary>
public enum MatchOperator
{
    /// <summary>=</summary>
    Equal,

    /// <summary>!=</summary>
    NotEqual,

    /// <summary>=~</summary>
    Matches,

    /// <summary>!~</summary>
    NotMatches,
}
