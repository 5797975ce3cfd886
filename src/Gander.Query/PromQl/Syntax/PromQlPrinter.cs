using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Gander.Query.PromQl.Syntax;

/// <summary>
/// Writes syntax trees as text in the form of Prometheus's <c>format_query</c>: one line, or broken into indented lines where a
/// part is longer than 100 bytes. Parsing the text gives the same tree again, except for positions.
/// </summary>
public static class PromQlPrinter
{
    private const int MaxLineBytes = 100;
    private const string Indentation = "  ";

    /// <summary>The expression, broken into lines where it is long.</summary>
    public static string Print(Expression expression) => Pretty(expression, 0);

    /// <summary>The expression in one line.</summary>
    public static string PrintLine(Expression expression)
    {
        var text = new StringBuilder();
        Write(expression, text);
        return text.ToString();
    }

    /// <summary>A matcher as it stands inside braces.</summary>
    public static string PrintMatcher(LabelMatcher matcher) => $"{LabelName(matcher.Label)}{TextOf(matcher.Operator)}{Literals.Quote(matcher.Value)}";

    /// <summary>The operator of a matcher as it is written.</summary>
    public static string TextOf(MatchOperator matchOperator) => matchOperator switch
    {
        MatchOperator.Equal => "=",
        MatchOperator.NotEqual => "!=",
        MatchOperator.Matches => "=~",
        MatchOperator.NotMatches => "!~",
        _ => throw new UnreachableException($"no text for {matchOperator}"),
    };

    private static string Pretty(Expression expression, int level)
    {
        var indent = string.Concat(Enumerable.Repeat(Indentation, level));
        var line = PrintLine(expression);
        if (Encoding.UTF8.GetByteCount(line) <= MaxLineBytes)
        {
            return indent + line;
        }

        switch (expression)
        {
            case Expression.Aggregate aggregate:
                var parameter = aggregate.Parameter is null ? "" : $"{Pretty(aggregate.Parameter, level + 1)},\n";
                return $"{indent}{Head(aggregate)}(\n{parameter}{Pretty(aggregate.Inner, level + 1)}\n{indent})";
            case Expression.Binary binary:
                var left = IsPowerOfInfinity(binary) ? $"{indent}{Indentation}Inf" : Pretty(binary.Left, level + 1);
                return $"{left}\n{indent}{Middle(binary)}\n{Pretty(binary.Right, level + 1)}";
            case Expression.Call { Arguments.Count: > 0 } call:
                return $"{indent}{call.Function.Name}(\n{string.Join(",\n", call.Arguments.Select(argument => Pretty(argument, level + 1)))}\n{indent})";
            case Expression.Parenthesised inner:
                return $"{indent}(\n{Pretty(inner.Inner, level + 1)}\n{indent})";
            case Expression.Subquery subquery:
                return Pretty(subquery.Inner, level) + Suffix(subquery);
            case Expression.Unary unary:
                return $"{indent}{(unary.Negates ? "-" : "+")}{Pretty(unary.Inner, level).TrimStart()}";
            default:
                return indent + line;
        }
    }

    private static void Write(Expression expression, StringBuilder text)
    {
        switch (expression)
        {
            case Expression.Number number:
                text.Append(number.IsDuration ? DurationText.OfSeconds(number.Value) : PromQlNumber.Plain(number.Value));
                break;
            case Expression.Text constant:
                text.Append(Literals.Quote(constant.Value));
                break;
            case Expression.VectorSelector selector:
                WriteSeries(selector, text);
                text.Append(At(selector.Modifiers)).Append(Edges(selector.Modifiers)).Append(Offset(selector.Modifiers));
                break;
            case Expression.RangeSelector range:
                WriteSeries(range.Selector, text);
                var modifiers = range.Selector.Modifiers;
                text.Append('[').Append(DurationText.Of(range.Range)).Append(']').Append(Edges(modifiers)).Append(At(modifiers)).Append(Offset(modifiers));
                break;
            case Expression.Subquery subquery:
                Write(subquery.Inner, text);
                text.Append(Suffix(subquery));
                break;
            case Expression.Call call:
                text.Append(call.Function.Name).Append('(');
                WriteAll(call.Arguments, text);
                text.Append(')');
                break;
            case Expression.Aggregate aggregate:
                text.Append(Head(aggregate)).Append('(');
                WriteAll(aggregate.Children, text);
                text.Append(')');
                break;
            case Expression.Unary unary:
                text.Append(unary.Negates ? '-' : '+');
                Write(unary.Inner, text);
                break;
            case Expression.Binary binary:
                if (IsPowerOfInfinity(binary))
                {
                    text.Append("Inf");
                }
                else
                {
                    Write(binary.Left, text);
                }

                text.Append(' ').Append(Middle(binary)).Append(' ');
                Write(binary.Right, text);
                break;
            case Expression.Parenthesised inner:
                text.Append('(');
                Write(inner.Inner, text);
                text.Append(')');
                break;
            default:
                throw new UnreachableException($"no text for {expression.GetType().Name}");
        }
    }

    // A sign binds weaker than a power: +Inf ^ 2 would be read as +(Inf ^ 2).
    private static bool IsPowerOfInfinity(Expression.Binary binary) =>
        binary is { Operator: BinaryOperator.Power, Left: Expression.Number { IsDuration: false, Value: double.PositiveInfinity } };

    private static void WriteAll(IReadOnlyList<Expression> expressions, StringBuilder text)
    {
        for (var i = 0; i < expressions.Count; i++)
        {
            text.Append(i == 0 ? "" : ", ");
            Write(expressions[i], text);
        }
    }

    private static void WriteSeries(Expression.VectorSelector selector, StringBuilder text)
    {
        var others = selector.Matchers.Where(matcher => !IsTheName(matcher, selector.Name)).ToList();
        var isBareName = selector.Name is { Length: > 0 } name && IsPlain(name, allowsColon: true) && !Keywords.NotNames.Contains(name)
            && !others.Exists(matcher => matcher is { Label: Series.Labels.MetricName, Operator: MatchOperator.Equal });
        var matchers = others.Select(PrintMatcher).Order(StringComparer.Ordinal).ToList();
        if (isBareName)
        {
            text.Append(selector.Name);
        }
        else if (selector.Name is not null)
        {
            matchers.Insert(0, Literals.Quote(selector.Name));
        }

        if (matchers.Count > 0)
        {
            text.Append('{').AppendJoin(',', matchers).Append('}');
        }
    }

    private static bool IsTheName(LabelMatcher matcher, string? name) =>
        name is not null && matcher is { Label: Series.Labels.MetricName, Operator: MatchOperator.Equal } && matcher.Value == name;

    private static string Head(Expression.Aggregate aggregate)
    {
        var name = Keywords.TextOf(aggregate.Operator);
        return aggregate.Without ? $"{name} without ({LabelNames(aggregate.Grouping)}) "
            : aggregate.Grouping.Count > 0 ? $"{name} by ({LabelNames(aggregate.Grouping)}) "
            : name;
    }

    private static string Middle(Expression.Binary binary)
    {
        var text = new StringBuilder(Keywords.TextOf(binary.Operator)).Append(binary.ReturnsBool ? " bool" : "");
        if (binary.Matching is not { } matching)
        {
            return text.ToString();
        }

        var isGrouped = matching.Cardinality is MatchCardinality.ManyToOne or MatchCardinality.OneToMany;
        if (matching.Labels.Count > 0 || matching.On || isGrouped)
        {
            text.Append(matching.On ? " on (" : " ignoring (").Append(LabelNames(matching.Labels)).Append(')');
        }

        if (isGrouped)
        {
            text.Append(matching.Cardinality == MatchCardinality.ManyToOne ? " group_left (" : " group_right (").Append(LabelNames(matching.Include)).Append(')');
        }

        return text.Append(Fill(matching)).ToString();
    }

    private static string Fill(VectorMatching matching) => (matching.FillLeft, matching.FillRight) switch
    {
        (null, null) => "",
        ({ } left, { } right) when left.Equals(right) => $" fill ({PromQlNumber.Short(left)})",
        var (left, right) => (left is { } one ? $" fill_left ({PromQlNumber.Short(one)})" : "") + (right is { } other ? $" fill_right ({PromQlNumber.Short(other)})" : ""),
    };

    private static string Suffix(Expression.Subquery subquery) =>
        $"[{DurationText.Of(subquery.Range)}:{(subquery.Step is null ? "" : DurationText.Of(subquery.Step))}]{At(subquery.Modifiers)}{Offset(subquery.Modifiers)}";

    private static string At(Modifiers modifiers) => modifiers.At switch
    {
        null => "",
        AtModifier.Time time => string.Create(CultureInfo.InvariantCulture, $" @ {time.Millis / 1000m:0.000}"),
        AtModifier.QueryStart => " @ start()",
        AtModifier.QueryEnd => " @ end()",
        _ => throw new UnreachableException(),
    };

    private static string Offset(Modifiers modifiers) => modifiers.Offset switch
    {
        null => "",
        { IsConstant: true } offset when offset.Evaluate(0, 0) == 0 => "",
        DurationExpression.Negated { Inner: not DurationExpression.Constant } negated => $" offset -{Operand(negated.Inner)}",
        DurationExpression.Negated negated => $" offset {DurationText.Of(negated)}",
        var offset => $" offset {Operand(offset)}",
    };

    // An offset takes one operand: arithmetic needs parentheses, or it would be read as arithmetic on the whole selector.
    private static string Operand(DurationExpression duration) =>
        duration is DurationExpression.Arithmetic or DurationExpression.Negated ? $"({DurationText.Of(duration)})" : DurationText.Of(duration);

    private static string Edges(Modifiers modifiers) => modifiers.Edges switch
    {
        RangeEdges.Plain => "",
        RangeEdges.Anchored => " anchored",
        RangeEdges.Smoothed => " smoothed",
        _ => throw new UnreachableException(),
    };

    private static string LabelNames(IEnumerable<string> names) => string.Join(", ", names.Select(LabelName));

    private static string LabelName(string name) => IsPlain(name, allowsColon: false) ? name : Literals.Quote(name);

    private static bool IsPlain(string name, bool allowsColon) => name.Length > 0 && !char.IsAsciiDigit(name[0])
        && name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_' || (allowsColon && character == ':'));
}
