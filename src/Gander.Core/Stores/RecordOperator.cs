namespace Gander.Stores;

/// <summary>How a condition compares. Numbers compare with numbers of any kind; text with text; an absent field matches only <see cref="Absent"/>.</summary>
public enum RecordOperator
{
    /// <summary>Equal.</summary>
    Equal,

    /// <summary>Present and not equal.</summary>
    NotEqual,

    /// <summary>Less; numbers only.</summary>
    Less,

    /// <summary>Less or equal; numbers only.</summary>
    LessOrEqual,

    /// <summary>Greater; numbers only.</summary>
    Greater,

    /// <summary>Greater or equal; numbers only.</summary>
    GreaterOrEqual,

    /// <summary>The text contains the value, letter case ignored (ASCII).</summary>
    Contains,

    /// <summary>Present, whatever its value.</summary>
    Present,

    /// <summary>Not present.</summary>
    Absent,
}
