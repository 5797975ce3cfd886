namespace Gander.Query.PromQl.OpenTelemetry;

/// <summary>Which figure of a stored series' points a translated series shows.</summary>
internal enum SeriesPart : byte
{
    /// <summary>The number of a gauge or sum.</summary>
    Value,

    /// <summary>Observations up to a bound, of a histogram.</summary>
    Bucket,

    /// <summary>The sum of observations.</summary>
    Sum,

    /// <summary>The number of observations.</summary>
    Count,

    /// <summary>The value at a quantile, of a summary.</summary>
    Quantile,

    /// <summary>The whole distribution, as a native histogram.</summary>
    Native,

    /// <summary>That a resource was there.</summary>
    Target,
}
