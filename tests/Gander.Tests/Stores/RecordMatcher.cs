using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Tests.Stores;

/// <summary>Whether a record meets a condition, as <see cref="RecordOperator"/> describes it.</summary>
public static class RecordMatcher
{
    public static bool Matches(TelemetryRecord record, RecordCondition condition)
    {
        var value = record.Value(condition.Field);
        return condition.Operator switch
        {
            RecordOperator.Absent => value is null,
            RecordOperator.Present => value is not null,
            _ when value is null => false,
            RecordOperator.Equal => AreEqual(value.Value, condition.Value),
            RecordOperator.NotEqual => !AreEqual(value.Value, condition.Value),
            RecordOperator.Contains => IsText(value.Value.Kind) && condition.Value.Kind == AttributeKind.String && Contains(value.Value.Text, condition.Value.Text),
            _ => IsNumber(value.Value.Kind) && IsNumber(condition.Value.Kind) && Compares(Number(value.Value), condition.Operator, Number(condition.Value)),
        };
    }

    private static bool AreEqual(AttributeValue left, AttributeValue right) => (IsNumber(left.Kind), IsNumber(right.Kind)) switch
    {
        (true, true) when left.Kind == AttributeKind.Int && right.Kind == AttributeKind.Int => left.Bits == right.Bits,
        (true, true) => Number(left) == Number(right),
        _ => left == right,
    };

    private static bool Compares(double left, RecordOperator comparison, double right) => comparison switch
    {
        RecordOperator.Less => left < right,
        RecordOperator.LessOrEqual => left <= right,
        RecordOperator.Greater => left > right,
        _ => left >= right,
    };

    private static bool Contains(string text, string part) => Fold(text).Contains(Fold(part), StringComparison.Ordinal);

    private static string Fold(string text) => string.Concat(text.Select(letter => char.IsAsciiLetterUpper(letter) ? (char)(letter | 0x20) : letter));

    private static double Number(AttributeValue value) => value.Kind == AttributeKind.Int ? value.Bits : value.Double;

    private static bool IsNumber(AttributeKind kind) => kind is AttributeKind.Int or AttributeKind.Double;

    private static bool IsText(AttributeKind kind) => kind is AttributeKind.String or AttributeKind.Bytes or AttributeKind.Array or AttributeKind.Map;
}
