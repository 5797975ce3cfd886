namespace Gander.Query.PromQl.Syntax;

/// <summary>The aggregation operators; their names in the language are in <see cref="Keywords"/>.</summary>
public enum AggregateOperator
{
    /// <summary>Compensated sum.</summary>
    Sum,

    /// <summary>Mean.</summary>
    Avg,

    /// <summary>Number of series.</summary>
    Count,

    /// <summary>Least value.</summary>
    Min,

    /// <summary>Largest value.</summary>
    Max,

    /// <summary>1 for every group.</summary>
    Group,

    /// <summary>Population standard deviation.</summary>
    Stddev,

    /// <summary>Population variance.</summary>
    Stdvar,

    /// <summary>The k largest series.</summary>
    TopK,

    /// <summary>The k least series.</summary>
    BottomK,

    /// <summary>The value at a quantile.</summary>
    Quantile,

    /// <summary>Series by value.</summary>
    CountValues,

    /// <summary>Any k series, the same every time. Experimental.</summary>
    LimitK,

    /// <summary>A share of the series, the same every time. Experimental.</summary>
    LimitRatio,
}
