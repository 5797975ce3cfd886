using System.Collections.Frozen;
using static Gander.Query.PromQl.Syntax.ExpressionType;

namespace Gander.Query.PromQl.Syntax;

/// <summary>All functions of the language. Source: the function reference of Prometheus 3.</summary>
public static class Functions
{
    private static readonly FunctionSignature[] s_all =
    [
        .. Fixed(InstantVector, [InstantVector], "abs", "absent", "acos", "acosh", "asin", "asinh", "atan", "atanh", "ceil", "cos", "cosh",
            "deg", "exp", "floor", "histogram_avg", "histogram_count", "histogram_stddev", "histogram_stdvar", "histogram_sum", "ln",
            "log10", "log2", "rad", "sgn", "sin", "sinh", "sort", "sort_desc", "sqrt", "tan", "tanh", "timestamp"),
        .. Fixed(InstantVector, [RangeVector], "absent_over_time", "avg_over_time", "changes", "count_over_time", "delta", "deriv", "idelta",
            "increase", "irate", "last_over_time", "max_over_time", "min_over_time", "present_over_time", "rate", "resets",
            "stddev_over_time", "stdvar_over_time", "sum_over_time"),
        .. Experimental(Fixed(InstantVector, [RangeVector], "first_over_time", "mad_over_time", "ts_of_first_over_time",
            "ts_of_last_over_time", "ts_of_max_over_time", "ts_of_min_over_time")),
        .. Fixed(InstantVector, [InstantVector, Scalar], "clamp_max", "clamp_min"),
        .. Fixed(InstantVector, [InstantVector, Scalar, Scalar], "clamp"),
        .. Fixed(InstantVector, [Scalar, Scalar, InstantVector], "histogram_fraction"),
        .. Fixed(InstantVector, [Scalar, InstantVector], "histogram_quantile"),
        .. Fixed(InstantVector, [Scalar, RangeVector], "quantile_over_time"),
        .. Fixed(InstantVector, [RangeVector, Scalar], "predict_linear"),
        .. Experimental(Fixed(InstantVector, [RangeVector, Scalar, Scalar], "double_exponential_smoothing")),
        .. Fixed(InstantVector, [InstantVector, Text, Text, Text, Text], "label_replace"),
        .. Fixed(Scalar, [InstantVector], "scalar"),
        .. Fixed(InstantVector, [Scalar], "vector"),
        .. Fixed(Scalar, [], "pi", "time"),
        .. Experimental(Fixed(Scalar, [], "start", "end", "step", "range")),
        .. Optional(InstantVector, [InstantVector], 0, 1, "day_of_month", "day_of_week", "day_of_year", "days_in_month", "hour", "minute", "month", "year"),
        .. Optional(InstantVector, [InstantVector, Scalar], 1, 2, "round"),
        .. Optional(InstantVector, [InstantVector, Text, Text, Text], 3, int.MaxValue, "label_join"),
        .. Experimental(Optional(InstantVector, [InstantVector, Text], 2, int.MaxValue, "sort_by_label", "sort_by_label_desc")),
        .. Experimental(Optional(InstantVector, [InstantVector, InstantVector], 1, 2, "info")),
        .. Experimental(Optional(InstantVector, [InstantVector, Text, Scalar], 3, 12, "histogram_quantiles")),
        .. Experimental(Fixed(Scalar, [Scalar, Scalar], "max_of", "min_of")),
    ];

    private static readonly FrozenDictionary<string, FunctionSignature> s_byName =
        s_all.ToFrozenDictionary(function => function.Name, StringComparer.Ordinal);

    /// <summary>All functions, for completion and documentation.</summary>
    public static IReadOnlyList<FunctionSignature> All => s_all;

    /// <summary>Finds a function by its exact name.</summary>
    public static bool TryFind(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out FunctionSignature? function) =>
        s_byName.TryGetValue(name, out function);

    private static IEnumerable<FunctionSignature> Fixed(ExpressionType returns, ExpressionType[] arguments, params string[] names) =>
        names.Select(name => new FunctionSignature(name, arguments, arguments.Length, arguments.Length, returns));

    private static IEnumerable<FunctionSignature> Optional(
        ExpressionType returns, ExpressionType[] arguments, int required, int maximum, params string[] names) =>
        names.Select(name => new FunctionSignature(name, arguments, required, maximum, returns));

    private static IEnumerable<FunctionSignature> Experimental(IEnumerable<FunctionSignature> functions) =>
        functions.Select(function => function with { IsExperimental = true });
}
