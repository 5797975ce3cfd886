namespace Gander.Query.PromQl.Editing;

/// <summary>What a piece of a query is, for highlighting.</summary>
public enum EditorTokenKind
{
    /// <summary>A word of the language: <c>by</c>, <c>offset</c>, <c>bool</c>, <c>and</c>.</summary>
    Keyword,

    /// <summary><c>sum</c> and its like.</summary>
    Aggregation,

    /// <summary>A function's name.</summary>
    Function,

    /// <summary>A metric's name.</summary>
    Metric,

    /// <summary>A label's name.</summary>
    Label,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A length of time with a unit.</summary>
    Duration,

    /// <summary>A quoted text.</summary>
    Text,

    /// <summary>An operator made of signs.</summary>
    Operator,

    /// <summary>Brackets and commas.</summary>
    Punctuation,

    /// <summary>A comment.</summary>
    Comment,

    /// <summary>What cannot be read, up to the end of the query.</summary>
    Invalid,
}
