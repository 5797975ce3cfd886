namespace Gander.Query.PromQl;

/// <summary>Parts of the language that Prometheus keeps behind a feature flag; the documented flag names are in the summaries.</summary>
[Flags]
public enum PromQlFeatures
{
    /// <summary>The stable language alone.</summary>
    None = 0,

    /// <summary><c>promql-experimental-functions</c>: functions and aggregations marked experimental.</summary>
    ExperimentalFunctions = 1,

    /// <summary><c>promql-duration-expr</c>: arithmetic, <c>step()</c>, <c>range()</c>, <c>min_of</c> and <c>max_of</c> in durations.</summary>
    DurationExpressions = 2,

    /// <summary><c>promql-extended-range-selectors</c>: <c>anchored</c> and <c>smoothed</c>.</summary>
    ExtendedRangeSelectors = 4,

    /// <summary><c>promql-binop-fill-modifiers</c>: <c>fill</c>, <c>fill_left</c>, <c>fill_right</c>.</summary>
    FillModifiers = 8,

    /// <summary>Everything.</summary>
    All = ExperimentalFunctions | DurationExpressions | ExtendedRangeSelectors | FillModifiers,
}
