using System.Collections.Frozen;

namespace Gander.Query.PromQl.Syntax;

/// <summary>The reserved words and operators of the language.</summary>
public static class Keywords
{
    /// <summary>The aggregations by name, lower case.</summary>
    public static FrozenDictionary<string, AggregateOperator> Aggregates { get; } = new Dictionary<string, AggregateOperator>
    {
        ["sum"] = AggregateOperator.Sum,
        ["avg"] = AggregateOperator.Avg,
        ["count"] = AggregateOperator.Count,
        ["min"] = AggregateOperator.Min,
        ["max"] = AggregateOperator.Max,
        ["group"] = AggregateOperator.Group,
        ["stddev"] = AggregateOperator.Stddev,
        ["stdvar"] = AggregateOperator.Stdvar,
        ["topk"] = AggregateOperator.TopK,
        ["bottomk"] = AggregateOperator.BottomK,
        ["quantile"] = AggregateOperator.Quantile,
        ["count_values"] = AggregateOperator.CountValues,
        ["limitk"] = AggregateOperator.LimitK,
        ["limit_ratio"] = AggregateOperator.LimitRatio,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The binary operators as written, lower case.</summary>
    public static FrozenDictionary<string, BinaryOperator> Operators { get; } = new Dictionary<string, BinaryOperator>
    {
        ["or"] = BinaryOperator.Or,
        ["and"] = BinaryOperator.And,
        ["unless"] = BinaryOperator.Unless,
        ["=="] = BinaryOperator.Equal,
        ["!="] = BinaryOperator.NotEqual,
        ["<"] = BinaryOperator.Less,
        ["<="] = BinaryOperator.LessOrEqual,
        [">"] = BinaryOperator.Greater,
        [">="] = BinaryOperator.GreaterOrEqual,
        ["+"] = BinaryOperator.Add,
        ["-"] = BinaryOperator.Subtract,
        ["*"] = BinaryOperator.Multiply,
        ["/"] = BinaryOperator.Divide,
        ["%"] = BinaryOperator.Modulo,
        ["atan2"] = BinaryOperator.Atan2,
        ["^"] = BinaryOperator.Power,
        ["</"] = BinaryOperator.TrimUpper,
        [">/"] = BinaryOperator.TrimLower,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Words that cannot stand as a bare metric name.</summary>
    public static FrozenSet<string> NotNames { get; } =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "on", "ignoring", "group_left", "group_right", "bool", "atan2");

    private static readonly FrozenDictionary<BinaryOperator, string> s_operatorTexts =
        Operators.ToFrozenDictionary(entry => entry.Value, entry => entry.Key);

    private static readonly FrozenDictionary<AggregateOperator, string> s_aggregateTexts =
        Aggregates.ToFrozenDictionary(entry => entry.Value, entry => entry.Key);

    /// <summary>The operator as it is written.</summary>
    public static string TextOf(BinaryOperator binaryOperator) => s_operatorTexts[binaryOperator];

    /// <summary>The aggregation as it is written.</summary>
    public static string TextOf(AggregateOperator aggregate) => s_aggregateTexts[aggregate];

    /// <summary>How tightly an operator binds; higher binds tighter.</summary>
    public static int Precedence(BinaryOperator binaryOperator) => binaryOperator switch
    {
        BinaryOperator.Or => 1,
        BinaryOperator.And or BinaryOperator.Unless => 2,
        >= BinaryOperator.Equal and <= BinaryOperator.GreaterOrEqual or BinaryOperator.TrimUpper or BinaryOperator.TrimLower => 3,
        BinaryOperator.Add or BinaryOperator.Subtract => 4,
        BinaryOperator.Power => 6,
        _ => 5,
    };

    /// <summary>Whether the operator compares and may take <c>bool</c>.</summary>
    public static bool IsComparison(BinaryOperator binaryOperator) => binaryOperator is >= BinaryOperator.Equal and <= BinaryOperator.GreaterOrEqual;

    /// <summary>Whether the operator works on sets of series.</summary>
    public static bool IsSetOperator(BinaryOperator binaryOperator) => binaryOperator is BinaryOperator.Or or BinaryOperator.And or BinaryOperator.Unless;
}
