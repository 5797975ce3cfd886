using System.Globalization;
using System.Text;

namespace Gander.Query.PromQl.Syntax;

/// <summary>Writes lengths of time as Prometheus does: <c>1h30m</c>; years and weeks only when nothing is left over.</summary>
public static class DurationText
{
    private static readonly (string Unit, long Millis, bool IsExact)[] s_units =
    [
        ("y", 31_536_000_000, true), ("w", 604_800_000, true), ("d", 86_400_000, false),
        ("h", 3_600_000, false), ("m", 60_000, false), ("s", 1_000, false), ("ms", 1, false),
    ];

    /// <summary>The text of a number of milliseconds, which may be negative.</summary>
    public static string Of(long millis)
    {
        if (millis == 0)
        {
            return "0s";
        }

        var text = new StringBuilder(millis < 0 ? "-" : "");
        var left = (UInt128)Int128.Abs(millis);
        foreach (var (unit, length, isExact) in s_units)
        {
            var count = left / (UInt128)length;
            if (count > 0 && (!isExact || left % (UInt128)length == 0))
            {
                text.Append(CultureInfo.InvariantCulture, $"{count}{unit}");
                left -= count * (UInt128)length;
            }
        }

        return text.ToString();
    }

    /// <summary>The text of seconds, rounded to milliseconds.</summary>
    public static string OfSeconds(double seconds) => Of((long)Math.Round(seconds * 1000));

    /// <summary>The text of a duration expression, with the parentheses that precedence asks for.</summary>
    public static string Of(DurationExpression duration) => duration switch
    {
        DurationExpression.Constant constant => OfSeconds(constant.Seconds),
        DurationExpression.Negated { Inner: DurationExpression.Constant constant } => OfSeconds(-constant.Seconds),
        _ => Write(duration, 0),
    };

    private static string Write(DurationExpression duration, int outer)
    {
        switch (duration)
        {
            case DurationExpression.Constant constant:
                return constant.IsBare ? PromQlNumber.Plain(constant.Seconds) : OfSeconds(constant.Seconds);
            case DurationExpression.QueryStep:
                return "step()";
            case DurationExpression.QueryRange:
                return "range()";
            case DurationExpression.Negated negated:
                return $"-{Write(negated.Inner, Keywords.Precedence(BinaryOperator.Multiply))}";
            case DurationExpression.Extreme extreme:
                return $"{(extreme.IsMin ? "min_of" : "max_of")}({Write(extreme.Left, 0)}, {Write(extreme.Right, 0)})";
            case DurationExpression.Arithmetic arithmetic:
                var precedence = Keywords.Precedence(arithmetic.Operator);
                var bindsRight = arithmetic.Operator == BinaryOperator.Power;
                var text = $"{Write(arithmetic.Left, bindsRight ? precedence : precedence - 1)} {Keywords.TextOf(arithmetic.Operator)} {Write(arithmetic.Right, bindsRight ? precedence - 1 : precedence)}";
                return precedence <= outer ? $"({text})" : text;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
