using System.Globalization;

namespace Gander.Query.PromQl;

/// <summary>Writes numbers as Prometheus does: shortest digits, no exponent between 1e-6 and 1e21.</summary>
public static class PromQlNumber
{
    /// <summary>The text of a sample value in answers and label values.</summary>
    public static string Format(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
        }

        if (value == 0)
        {
            return double.IsNegative(value) ? "-0" : "0";
        }

        var roundTrip = value.ToString("R", CultureInfo.InvariantCulture);
        var magnitude = Math.Abs(value);
        return magnitude is < 1e-6 or >= 1e21 ? WithExponent(roundTrip) : WithoutExponent(roundTrip);
    }

    /// <summary>The text of a number in a printed query: never an exponent.</summary>
    public static string Plain(double value) =>
        double.IsFinite(value) && value != 0 ? WithoutExponent(value.ToString("R", CultureInfo.InvariantCulture)) : Format(value);

    /// <summary>The text as OpenMetrics writes it: a whole number has <c>.0</c> behind it.</summary>
    public static string OpenMetrics(double value)
    {
        var text = Short(value);
        return double.IsFinite(value) && !text.AsSpan().ContainsAny('.', 'e') ? $"{text}.0" : text;
    }

    /// <summary>The text inside histograms and messages: an exponent already from 1e21 and below 1e-4, shortest digits.</summary>
    public static string Short(double value) =>
        double.IsFinite(value) && value != 0 && Math.Abs(value) is < 1e-4 or >= 1e21
            ? WithExponent(value.ToString("R", CultureInfo.InvariantCulture))
            : Format(value);

    private static string WithExponent(string text)
    {
        var (digits, exponent, sign) = Split(text);
        var mantissa = digits.Length == 1 ? digits : $"{digits[0]}.{digits[1..]}";
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
    }

    private static string WithoutExponent(string text)
    {
        if (!text.Contains('E', StringComparison.Ordinal))
        {
            return text;
        }

        var (digits, exponent, sign) = Split(text);
        return exponent < 0
            ? $"{sign}0.{new string('0', -exponent - 1)}{digits}"
            : digits.Length <= exponent + 1
                ? $"{sign}{digits}{new string('0', exponent + 1 - digits.Length)}"
                : $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }

    /// <summary>The significant digits without trailing zeros, and the power of ten of the first one.</summary>
    private static (string Digits, int Exponent, string Sign) Split(string text)
    {
        var sign = text[0] == '-' ? "-" : "";
        text = text.TrimStart('-');
        var at = text.IndexOf('E', StringComparison.Ordinal);
        var exponent = at < 0 ? 0 : int.Parse(text.AsSpan(at + 1), CultureInfo.InvariantCulture);
        var mantissa = at < 0 ? text : text[..at];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        exponent += (point < 0 ? mantissa.Length : point) - 1;
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        var leading = digits.Length - digits.TrimStart('0').Length;
        digits = digits[leading..].TrimEnd('0');
        return (digits.Length == 0 ? "0" : digits, exponent - leading, sign);
    }
}
