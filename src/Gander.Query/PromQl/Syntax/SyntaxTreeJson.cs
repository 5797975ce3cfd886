using System.Diagnostics;
using System.Text.Json;

namespace Gander.Query.PromQl.Syntax;

/// <summary>Writes syntax trees in the JSON form that Prometheus answers <c>parse_query</c> with.</summary>
public static class SyntaxTreeJson
{
    /// <summary>
    /// Writes one value. Durations are milliseconds; where they are expressions that need the query's step or range they are 0,
    /// as in Prometheus.
    /// </summary>
    public static void Write(Expression? expression, Utf8JsonWriter writer)
    {
        if (expression is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        switch (expression)
        {
            case Expression.Number number:
                writer.WriteString("type", "numberLiteral");
                writer.WriteString("val", PromQlNumber.Plain(number.Value));
                break;
            case Expression.Text text:
                writer.WriteString("type", "stringLiteral");
                writer.WriteString("val", text.Value);
                break;
            case Expression.VectorSelector selector:
                writer.WriteString("type", "vectorSelector");
                WriteSelector(selector, writer);
                break;
            case Expression.RangeSelector range:
                writer.WriteString("type", "matrixSelector");
                writer.WriteNumber("range", Millis(range.Range));
                WriteSelector(range.Selector, writer);
                break;
            case Expression.Subquery subquery:
                writer.WriteString("type", "subquery");
                WriteMember("expr", subquery.Inner, writer);
                writer.WriteNumber("range", Millis(subquery.Range));
                writer.WriteNumber("step", Millis(subquery.Step));
                WriteModifiers(subquery.Modifiers, writer);
                break;
            case Expression.Call call:
                WriteCall(call, writer);
                break;
            case Expression.Aggregate aggregate:
                WriteAggregate(aggregate, writer);
                break;
            case Expression.Unary unary:
                writer.WriteString("type", "unaryExpr");
                writer.WriteString("op", unary.Negates ? "-" : "+");
                WriteMember("expr", unary.Inner, writer);
                break;
            case Expression.Binary binary:
                WriteBinary(binary, writer);
                break;
            case Expression.Parenthesised inner:
                writer.WriteString("type", "parenExpr");
                WriteMember("expr", inner.Inner, writer);
                break;
            default:
                throw new UnreachableException($"no JSON for {expression.GetType().Name}");
        }

        writer.WriteEndObject();
    }

    private static void WriteAggregate(Expression.Aggregate aggregate, Utf8JsonWriter writer)
    {
        writer.WriteString("type", "aggregation");
        writer.WriteString("op", Keywords.TextOf(aggregate.Operator));
        WriteMember("expr", aggregate.Inner, writer);
        WriteMember("param", aggregate.Parameter, writer);
        WriteTexts("grouping", aggregate.Grouping, writer);
        writer.WriteBoolean("without", aggregate.Without);
    }

    private static void WriteBinary(Expression.Binary binary, Utf8JsonWriter writer)
    {
        writer.WriteString("type", "binaryExpr");
        writer.WriteString("op", Keywords.TextOf(binary.Operator));
        WriteMember("lhs", binary.Left, writer);
        WriteMember("rhs", binary.Right, writer);
        writer.WriteBoolean("bool", binary.ReturnsBool);
        if (binary.Matching is not { } matching)
        {
            writer.WriteNull("matching");
            return;
        }

        writer.WriteStartObject("matching");
        writer.WriteString("card", matching.Cardinality switch
        {
            MatchCardinality.OneToOne => "one-to-one",
            MatchCardinality.ManyToOne => "many-to-one",
            MatchCardinality.OneToMany => "one-to-many",
            _ => "many-to-many",
        });
        WriteTexts("labels", matching.Labels, writer);
        writer.WriteBoolean("on", matching.On);
        WriteTexts("include", matching.Include, writer);
        writer.WriteStartObject("fillValues");
        WriteNumber("lhs", matching.FillLeft, writer);
        WriteNumber("rhs", matching.FillRight, writer);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteCall(Expression.Call call, Utf8JsonWriter writer)
    {
        var function = call.Function;
        writer.WriteString("type", "call");
        writer.WriteStartObject("func");
        writer.WriteString("name", function.Name);
        writer.WriteStartArray("argTypes");
        foreach (var type in function.Arguments)
        {
            writer.WriteStringValue(TypeName(type));
        }

        writer.WriteEndArray();
        writer.WriteNumber("variadic", function.Required == function.Maximum ? 0 : function.Maximum == int.MaxValue ? -1 : function.Maximum - function.Required);
        writer.WriteString("returnType", TypeName(function.Returns));
        writer.WriteEndObject();
        writer.WriteStartArray("args");
        foreach (var argument in call.Arguments)
        {
            Write(argument, writer);
        }

        writer.WriteEndArray();
    }

    private static void WriteSelector(Expression.VectorSelector selector, Utf8JsonWriter writer)
    {
        writer.WriteString("name", selector.Name ?? "");
        writer.WriteStartArray("matchers");
        foreach (var matcher in selector.Matchers)
        {
            writer.WriteStartObject();
            writer.WriteString("name", matcher.Label);
            writer.WriteString("type", PromQlPrinter.TextOf(matcher.Operator));
            writer.WriteString("value", matcher.Value);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        WriteModifiers(selector.Modifiers, writer);
        writer.WriteBoolean("anchored", selector.Modifiers.Edges == RangeEdges.Anchored);
        writer.WriteBoolean("smoothed", selector.Modifiers.Edges == RangeEdges.Smoothed);
    }

    private static void WriteModifiers(Modifiers modifiers, Utf8JsonWriter writer)
    {
        writer.WriteNumber("offset", Millis(modifiers.Offset));
        if (modifiers.At is AtModifier.Time time)
        {
            writer.WriteNumber("timestamp", time.Millis);
        }
        else
        {
            writer.WriteNull("timestamp");
        }

        writer.WriteString("startOrEnd", modifiers.At switch
        {
            AtModifier.QueryStart => "start",
            AtModifier.QueryEnd => "end",
            _ => null,
        });
    }

    private static void WriteMember(string name, Expression? expression, Utf8JsonWriter writer)
    {
        writer.WritePropertyName(name);
        Write(expression, writer);
    }

    private static void WriteTexts(string name, IReadOnlyList<string> texts, Utf8JsonWriter writer)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    // JSON has no NaN and no infinity.
    private static void WriteNumber(string name, double? value, Utf8JsonWriter writer)
    {
        if (value is { } number && double.IsFinite(number))
        {
            writer.WriteNumber(name, number);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    private static string TypeName(ExpressionType type) => type switch
    {
        ExpressionType.Scalar => "scalar",
        ExpressionType.Text => "string",
        ExpressionType.InstantVector => "vector",
        ExpressionType.RangeVector => "matrix",
        _ => throw new UnreachableException($"no name for {type}"),
    };

    private static long Millis(DurationExpression? duration) =>
        duration is { IsConstant: true } ? (long)Math.Round(duration.Evaluate(0, 0) * 1000) : 0;
}
