namespace Gander.Query.PromQl.Editing;

/// <summary>What may be written at a place of a query.</summary>
public enum CompletionKind
{
    /// <summary>An operand: a metric, a function or an aggregation.</summary>
    Operand,

    /// <summary>What may follow an operand: operators, <c>offset</c>, <c>by</c>.</summary>
    Continuation,

    /// <summary>The name of a label inside braces.</summary>
    MatcherLabel,

    /// <summary>The value of a label inside quotation marks.</summary>
    LabelValue,

    /// <summary>The name of a label to group or match by.</summary>
    GroupingLabel,

    /// <summary>A length of time.</summary>
    Duration,

    /// <summary>Nothing that could be proposed, for example inside a comment or any other text.</summary>
    Nothing,
}
