namespace Gander.Query.PromQl.Syntax;

/// <summary>How many series of each side may form a pair.</summary>
public enum MatchCardinality
{
    /// <summary>One with one.</summary>
    OneToOne,

    /// <summary><c>group_left</c>: many of the left with one of the right.</summary>
    ManyToOne,

    /// <summary><c>group_right</c>: one of the left with many of the right.</summary>
    OneToMany,

    /// <summary>The set operators.</summary>
    ManyToMany,
}
