using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Api.Search;

/// <summary>
/// The text of one filter: <c>KEY</c> (present), <c>!KEY</c> (absent), or <c>KEY OP VALUE</c> with one of <c>= != &lt; &lt;= &gt; &gt;= ~</c>.
/// A value that reads as a JSON number, <c>true</c> or <c>false</c> is one; everything else is text, and so is anything in
/// double quotes. A key with an operator's letters in it is written in double quotes.
/// </summary>
internal static class FilterText
{
    private static readonly SearchValues<char> OperatorStarts = SearchValues.Create("=!<>~");

    private static readonly (string Text, RecordOperator Operator)[] Operators =
    [
        ("!=", RecordOperator.NotEqual), ("<=", RecordOperator.LessOrEqual), (">=", RecordOperator.GreaterOrEqual),
        ("=", RecordOperator.Equal), ("<", RecordOperator.Less), (">", RecordOperator.Greater), ("~", RecordOperator.Contains),
    ];

    /// <summary>The operator as it is written; empty for present and absent.</summary>
    public static string Of(RecordOperator operation) => Operators.FirstOrDefault(entry => entry.Operator == operation).Text ?? "";

    /// <summary>Takes a filter apart. The value is what stands after the operator, quotes and all.</summary>
    public static bool TrySplit(string text, out string key, out RecordOperator operation, out string value, out string problem)
    {
        (key, operation, value, problem) = ("", RecordOperator.Present, "", "");
        var rest = text.AsSpan().Trim();
        var absent = rest.StartsWith("!");
        rest = absent ? rest[1..].TrimStart() : rest;
        if (!TryTakeKey(ref rest, out key))
        {
            problem = $"'{text}' names nothing to compare; write KEY=VALUE, for example gen_ai.request.model=gpt-4o";
            return false;
        }

        if (rest.IsEmpty)
        {
            operation = absent ? RecordOperator.Absent : RecordOperator.Present;
            return true;
        }

        foreach (var (sign, candidate) in Operators)
        {
            if (!absent && rest.StartsWith(sign, StringComparison.Ordinal))
            {
                (operation, value) = (candidate, rest[sign.Length..].Trim().ToString());
                return true;
            }
        }

        problem = absent
            ? $"'{text}' asks for something absent and has more after the key; write !KEY, or KEY!=VALUE"
            : $"'{text}' has no operator after its key; use one of = != < <= > >= ~";
        return false;
    }

    /// <summary>The text of a filter that <see cref="TrySplit"/> takes apart again.</summary>
    public static string Join(string key, RecordOperator operation, string value)
    {
        var quoted = key.Length == 0 || key.AsSpan().IndexOfAny(OperatorStarts) >= 0 || key[0] == '"' || key != key.Trim() ? Quote(key) : key;
        return operation switch
        {
            RecordOperator.Present => quoted,
            RecordOperator.Absent => "!" + quoted,
            _ => quoted + Of(operation) + value,
        };
    }

    /// <summary>Reads the value of an attribute as the rules above say.</summary>
    public static bool TryReadValue(string text, RecordOperator operation, out AttributeValue value, out string problem)
    {
        problem = "";
        if (!TryUnquote(text, out var unquoted, out var quoted))
        {
            value = default;
            problem = $"{text} does not end its quotes; inside quotes write \\\" for a quote";
            return false;
        }

        var asNumber = operation is not RecordOperator.Contains && !quoted;
        value = asNumber && ReadScalar(text) is { } scalar ? scalar : AttributeValue.Of(unquoted);
        if (operation is RecordOperator.Less or RecordOperator.LessOrEqual or RecordOperator.Greater or RecordOperator.GreaterOrEqual
            && value.Kind is not (AttributeKind.Int or AttributeKind.Double))
        {
            problem = $"'{text}' is not a number, and {Of(operation)} compares numbers only";
            return false;
        }

        return true;
    }

    /// <summary>The text of a value that <see cref="TryReadValue"/> reads as the same value.</summary>
    public static string WriteValue(AttributeValue value, RecordOperator operation) => value.Kind switch
    {
        AttributeKind.Int => value.Bits.ToString(CultureInfo.InvariantCulture),
        AttributeKind.Double => value.Double.ToString("R", CultureInfo.InvariantCulture),
        AttributeKind.Bool => value.Bits != 0 ? "true" : "false",
        _ => NeedsQuotes(value.Text, operation) ? Quote(value.Text) : value.Text,
    };

    /// <summary>Takes double quotes off; fails when they do not end.</summary>
    public static bool TryUnquote(string text, out string unquoted, out bool quoted)
    {
        unquoted = text;
        quoted = text.StartsWith('"');
        if (!quoted)
        {
            return true;
        }

        try
        {
            unquoted = JsonSerializer.Deserialize(text, PlainJson.Default.String) ?? "";
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool NeedsQuotes(string text, RecordOperator operation) =>
        text.Length == 0 || text[0] == '"' || text != text.Trim()
        || (operation is not RecordOperator.Contains && ReadScalar(text) is not null);

    /// <summary>Text in double quotes, escaped as JSON.</summary>
    public static string Quote(string text) => JsonSerializer.Serialize(text, PlainJson.Default.String);

    private static bool TryTakeKey(ref ReadOnlySpan<char> rest, out string key)
    {
        key = "";
        if (rest.StartsWith("\""))
        {
            var end = 1;
            while (end < rest.Length && rest[end] != '"')
            {
                end += rest[end] == '\\' ? 2 : 1;
            }

            if (end >= rest.Length || !TryUnquote(rest[..(end + 1)].ToString(), out key, out _))
            {
                return false;
            }

            rest = rest[(end + 1)..].TrimStart();
            return key.Length > 0;
        }

        var length = rest.IndexOfAny(OperatorStarts);
        key = (length < 0 ? rest : rest[..length]).TrimEnd().ToString();
        rest = length < 0 ? [] : rest[length..];
        return key.Length > 0;
    }

    private static AttributeValue? ReadScalar(string text)
    {
        if (text is "true" or "false")
        {
            return AttributeValue.Of(text == "true");
        }

        // Only what JSON calls a number: 007 and 1_000 are names, not numbers.
        if (text.Length == 0 || text.Length > 32 || text[^1] is '.' || !(char.IsAsciiDigit(text[0]) || (text[0] == '-' && text.Length > 1 && char.IsAsciiDigit(text[1]))))
        {
            return null;
        }

        var digits = text[0] == '-' ? text.AsSpan(1) : text;
        if (digits.Length > 1 && digits[0] == '0' && digits[1] is not ('.' or 'e' or 'E'))
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            return AttributeValue.Of(whole);
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? AttributeValue.Of(number)
            : null;
    }
}
