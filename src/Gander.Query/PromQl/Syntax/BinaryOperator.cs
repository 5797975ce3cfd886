namespace Gander.Query.PromQl.Syntax;

/// <summary>The binary operators, weakest binding first.</summary>
public enum BinaryOperator
{
    /// <summary>or</summary>
    Or,

    /// <summary>and</summary>
    And,

    /// <summary>unless</summary>
    Unless,

    /// <summary>==</summary>
    Equal,

    /// <summary>!=</summary>
    NotEqual,

    /// <summary>&lt;</summary>
    Less,

    /// <summary>&lt;=</summary>
    LessOrEqual,

    /// <summary>&gt;</summary>
    Greater,

    /// <summary>&gt;=</summary>
    GreaterOrEqual,

    /// <summary>+</summary>
    Add,

    /// <summary>-</summary>
    Subtract,

    /// <summary>*</summary>
    Multiply,

    /// <summary>/</summary>
    Divide,

    /// <summary>%</summary>
    Modulo,

    /// <summary>atan2</summary>
    Atan2,

    /// <summary>^, the only one that binds to the right</summary>
    Power,

    /// <summary>&lt;/ cuts the upper side of native histograms</summary>
    TrimUpper,

    /// <summary>&gt;/ cuts the lower side of native histograms</summary>
    TrimLower,
}
