namespace Gander.Query.PromQl.Syntax;

/// <summary>The types of PromQL.</summary>
public enum ExpressionType
{
    /// <summary>A number at each step.</summary>
    Scalar,

    /// <summary>A constant text.</summary>
    Text,

    /// <summary>A set of series with one sample each at each step.</summary>
    InstantVector,

    /// <summary>A set of series with a window of samples each at each step.</summary>
    RangeVector,
}
