using System.Globalization;
using System.Text;
using Gander.Storage.DuckDb.Records;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Queries;

/// <summary>
/// Turns conditions on records into SQL. Values and attribute keys become parameters. An attribute may be kept in one of
/// several places (a column, the map, the columns of long texts), so a condition on it holds when it holds in one of them.
/// </summary>
internal sealed class ConditionCompiler(Signal signal)
{
    private const string False = "false";
    private const string True = "true";

    private readonly SqlValues _values = new();

    /// <summary>Compiles conditions that must all hold.</summary>
    public static SqlFilter Compile(Signal signal, IReadOnlyList<RecordCondition> conditions)
    {
        var compiler = new ConditionCompiler(signal);
        var parts = conditions.Select(compiler.Condition).ToList();
        return compiler._values.Filter(parts.Count == 0 ? True : string.Join(" AND ", parts.Select(part => $"({part})")));
    }

    private string Condition(RecordCondition condition) => condition.Field switch
    {
        RecordField.OfRecord record => OfRecord(record, condition),
        RecordField.OfResource resource => OfResource(resource.Key, condition),
        RecordField.ScopeName => OfScope(condition),
        RecordField.Service => Text("service", condition),
        RecordField.Session => Text("session", condition),
        RecordField.Name => Text(signal == Signal.Traces ? "name" : "event_name", condition),
        RecordField.Trace => Trace(condition),
        RecordField.Span => Id("span_id", condition),
        RecordField.Parent when signal == Signal.Traces => Id("parent_id", condition),
        RecordField.Status when signal == Signal.Traces => Integer("status", condition),
        RecordField.Kind when signal == Signal.Traces => Integer("kind", condition),
        RecordField.DurationNanos when signal == Signal.Traces => Integer("duration_ns", condition),
        RecordField.Severity when signal == Signal.Logs => Integer("severity", condition),
        RecordField.Body when signal == Signal.Logs => Body(condition),
        _ => condition.Operator == RecordOperator.Absent ? True : False,
    };

    private string OfRecord(RecordField.OfRecord field, RecordCondition condition)
    {
        if (condition.Operator == RecordOperator.Absent)
        {
            var absent = $"NOT ({InRecord(field.Key, condition with { Operator = RecordOperator.Present })})";
            return field.OrResource ? $"{absent} AND {OfResource(field.Key, condition)}" : absent;
        }

        var inRecord = InRecord(field.Key, condition);
        if (!field.OrResource)
        {
            return inRecord;
        }

        var elsewhere = condition.Operator == RecordOperator.Present
            ? ""
            : $"NOT ({InRecord(field.Key, condition with { Operator = RecordOperator.Present })}) AND ";
        return $"({inRecord}) OR ({elsewhere}{OfResource(field.Key, condition)})";
    }

    private string OfResource(string key, RecordCondition condition)
    {
        if (condition.Operator == RecordOperator.Absent)
        {
            return $"NOT ({OfResource(key, condition with { Operator = RecordOperator.Present })})";
        }

        return $"resource_id IN (SELECT id FROM {SqlFilter.File}.resources WHERE {Encoded($"attrs[{_values.Add(key)}]", condition)})";
    }

    private string OfScope(RecordCondition condition)
    {
        if (condition.Operator == RecordOperator.Absent)
        {
            return $"NOT ({OfScope(condition with { Operator = RecordOperator.Present })})";
        }

        return $"scope_id IN (SELECT id FROM {SqlFilter.File}.scopes WHERE name <> '' AND {Text("name", condition)})";
    }

    // Everything but Absent, in whichever place keeps the key.
    private string InRecord(string key, RecordCondition condition)
    {
        var keyBytes = Encoding.UTF8.GetBytes(key);
        var places = new List<string>();
        if (key == AttributeKeys.SessionId)
        {
            places.Add(Text(SessionIdExpression, condition));
        }
        else if (key == AttributeKeys.ConversationId)
        {
            places.Add(Text(ConversationIdExpression, condition));
        }
        else if (PromotedColumns.All.FirstOrDefault(column => column.Key == key) is { } promoted)
        {
            places.Add(promoted.Kind == AttributeKind.Int ? Integer(promoted.Name, condition) : Text(promoted.Name, condition));
        }

        if (places.Count == 0 || !IsShortText(key, condition))
        {
            places.Add(Encoded($"attrs[{_values.Add(key)}]", condition));
        }

        if (MayBeLong(keyBytes, condition))
        {
            var place = _values.Add(key);
            places.Add($"input_key = {place} AND {Encoded("input_text", condition)}");
            places.Add($"output_key = {place} AND {Encoded("output_text", condition)}");
            places.Add($"list_contains(more_keys, {place}) AND {Encoded($"(more_texts->>('$[' || (list_position(more_keys, {place}) - 1) || ']'))", condition)}");
        }

        // A place that does not hold the key gives NULL, which must count as false beside others; alone it stands as it is,
        // so that the engine can skip by it.
        places.RemoveAll(place => place == False);
        return places.Count switch
        {
            0 => False,
            1 => places[0],
            _ => string.Join(" OR ", places.Select(place => $"coalesce({place}, false)")),
        };
    }

    private const string SessionIdExpression = "(CASE WHEN session_source & 4 <> 0 THEN '' WHEN session_source & 1 <> 0 THEN session END)";
    private const string ConversationIdExpression = "(CASE WHEN session_source & 2 <> 0 THEN session ELSE conversation_id END)";

    // A short text that a promoted key is to be equal to can only be in its column.
    private static bool IsShortText(string key, RecordCondition condition) =>
        condition.Operator == RecordOperator.Equal
        && condition.Value.Kind == AttributeKind.String
        && AttributeKeys.Promoted.TryGetValue(key, out var kind) && kind == AttributeKind.String
        && Encoding.UTF8.GetByteCount(condition.Value.Text) <= LongText.MaxShortBytes;

    // A value that is no text, or a short text that is to be equal, is never among the long texts of a key that is not content.
    private static bool MayBeLong(byte[] key, RecordCondition condition) => condition.Operator switch
    {
        RecordOperator.Equal => LongText.Is(key, condition.Value.Kind, Encoding.UTF8.GetByteCount(condition.Value.Text)),
        RecordOperator.NotEqual or RecordOperator.Present or RecordOperator.Contains => true,
        _ => false,
    };

    // A condition on a column of plain text where NULL is absence.
    private string Text(string column, RecordCondition condition) => condition.Operator switch
    {
        RecordOperator.Present => $"{column} IS NOT NULL",
        RecordOperator.Absent => $"{column} IS NULL",
        RecordOperator.Equal => condition.Value.Kind == AttributeKind.String ? $"{column} = {_values.Add(condition.Value.Text)}" : False,
        RecordOperator.NotEqual => condition.Value.Kind == AttributeKind.String ? $"{column} <> {_values.Add(condition.Value.Text)}" : $"{column} IS NOT NULL",
        RecordOperator.Contains => condition.Value.Kind == AttributeKind.String ? Contains(column, condition.Value.Text) : False,
        _ => False,
    };

    // A body is there when it has a kind, and its empty text is kept as NULL.
    private string Body(RecordCondition condition) => condition.Operator switch
    {
        RecordOperator.Absent => "body_kind = 0",
        RecordOperator.Present => "body_kind <> 0",
        RecordOperator.Contains when condition.Value is { Kind: AttributeKind.String, Text.Length: > 0 } => Contains("body", condition.Value.Text),
        _ => $"body_kind <> 0 AND {Text("coalesce(body, '')", condition)}",
    };

    // A condition on a column of integers where NULL is absence.
    private string Integer(string column, RecordCondition condition)
    {
        var value = condition.Value;
        var comparison = Comparison(condition.Operator);
        return condition.Operator switch
        {
            RecordOperator.Present => $"{column} IS NOT NULL",
            RecordOperator.Absent => $"{column} IS NULL",
            RecordOperator.NotEqual when !IsNumber(value) => $"{column} IS NOT NULL",
            _ when comparison.Length == 0 || !IsNumber(value) => False,
            _ when value.Kind == AttributeKind.Int => $"{column} {comparison} {_values.Add(value.Bits)}",
            _ when double.IsNaN(value.Double) => condition.Operator == RecordOperator.NotEqual ? $"{column} IS NOT NULL" : False,
            _ => $"{column}::DOUBLE {comparison} {_values.Add(value.Double)}",
        };
    }

    // A condition on a value as AttributeText writes it; NULL is absence.
    private string Encoded(string expression, RecordCondition condition)
    {
        var value = condition.Value;
        return condition.Operator switch
        {
            RecordOperator.Present => $"{expression} IS NOT NULL",
            RecordOperator.Equal => EncodedEqual(expression, value),
            RecordOperator.NotEqual => $"{expression} IS NOT NULL AND NOT coalesce({EncodedEqual(expression, value)}, false)",
            RecordOperator.Contains => value.Kind == AttributeKind.String
                ? $"NOT starts_with({expression}, chr(2)) AND NOT starts_with({expression}, chr(3)) AND NOT starts_with({expression}, chr(4)) AND NOT starts_with({expression}, chr(8)) AND {Contains(expression, value.Text)}"
                : False,
            _ when IsNumber(value) => EncodedNumber(expression, Comparison(condition.Operator), value),
            _ => False,
        };
    }

    private string EncodedEqual(string expression, AttributeValue value) =>
        IsNumber(value) ? EncodedNumber(expression, "=", value) : $"{expression} = {_values.Add(AttributeText.Encode(value))}";

    private string EncodedNumber(string expression, string comparison, AttributeValue value)
    {
        if (value.Kind == AttributeKind.Double && double.IsNaN(value.Double))
        {
            return False;
        }

        var integers = value.Kind == AttributeKind.Int
            ? $"TRY_CAST(substring({expression}, 2) AS BIGINT) {comparison} {_values.Add(value.Bits)}"
            : $"TRY_CAST(substring({expression}, 2) AS BIGINT)::DOUBLE {comparison} {_values.Add(value.Double)}";
        var doubles = $"TRY_CAST(substring({expression}, 2) AS DOUBLE) {comparison} {_values.Add(value.Kind == AttributeKind.Int ? value.Bits : value.Double)}";
        return $"CASE WHEN starts_with({expression}, chr(2)) THEN {integers} WHEN starts_with({expression}, chr(3)) THEN {doubles} ELSE false END";
    }

    private string Trace(RecordCondition condition)
    {
        var isId = condition.Value.Kind == AttributeKind.String & TraceId.TryParse(condition.Value.Text, out var id) && id.ToString() == condition.Value.Text;
        return condition.Operator switch
        {
            RecordOperator.Equal => isId && !id.IsEmpty ? $"trace_id = {_values.Add(id)}" : False,
            RecordOperator.NotEqual => isId && !id.IsEmpty ? $"trace_id <> {_values.Add(id)}" : "trace_id IS NOT NULL",
            _ => Text("replace(trace_id::VARCHAR, '-', '')", condition),
        };
    }

    private string Id(string column, RecordCondition condition)
    {
        var isId = condition.Value.Kind == AttributeKind.String & SpanId.TryParse(condition.Value.Text, out var id) && id.ToString() == condition.Value.Text;
        return condition.Operator switch
        {
            RecordOperator.Equal => isId ? $"{column} = {_values.Add(id.Value)}" : False,
            RecordOperator.NotEqual => isId ? $"{column} <> {_values.Add(id.Value)}" : $"{column} IS NOT NULL",
            _ => Text($"lpad(lower(to_hex({column})), 16, '0')", condition),
        };
    }

    // The engine's regular expressions are several times faster than its ILIKE. Only letters of ASCII fold, each in a class
    // of its own, and everything else of ASCII is written by its number, so that no character means anything.
    private string Contains(string expression, string text)
    {
        if (!text.Any(char.IsAsciiLetter))
        {
            return $"contains({expression}, {_values.Add(text)})";
        }

        var pattern = new StringBuilder();
        foreach (var letter in text)
        {
            if (char.IsAsciiLetter(letter))
            {
                pattern.Append('[').Append(char.ToLowerInvariant(letter)).Append(char.ToUpperInvariant(letter)).Append(']');
            }
            else if (char.IsAscii(letter) && !char.IsAsciiDigit(letter))
            {
                pattern.Append(CultureInfo.InvariantCulture, $@"\x{(int)letter:x2}");
            }
            else
            {
                pattern.Append(letter);
            }
        }

        return $"regexp_matches({expression}, {_values.Add(pattern.ToString())})";
    }

    private static bool IsNumber(AttributeValue value) => value.Kind is AttributeKind.Int or AttributeKind.Double;

    private static string Comparison(RecordOperator comparison) => comparison switch
    {
        RecordOperator.Equal => "=",
        RecordOperator.NotEqual => "<>",
        RecordOperator.Less => "<",
        RecordOperator.LessOrEqual => "<=",
        RecordOperator.Greater => ">",
        RecordOperator.GreaterOrEqual => ">=",
        _ => "",
    };
}
