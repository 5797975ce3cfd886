using System.Collections.Frozen;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>Functions of one float.</summary>
internal static class FloatFunctions
{
    /// <summary>The functions by name; native histograms are left out of their results.</summary>
    public static FrozenDictionary<string, Func<double, double>> ByName { get; } = new Dictionary<string, Func<double, double>>
    {
        ["abs"] = Math.Abs,
        ["acos"] = Math.Acos,
        ["acosh"] = Math.Acosh,
        ["asin"] = Math.Asin,
        ["asinh"] = Math.Asinh,
        ["atan"] = Math.Atan,
        ["atanh"] = Math.Atanh,
        ["ceil"] = Math.Ceiling,
        ["cos"] = Math.Cos,
        ["cosh"] = Math.Cosh,
        ["deg"] = value => value * 180 / Math.PI,
        ["exp"] = Math.Exp,
        ["floor"] = Math.Floor,
        ["ln"] = Math.Log,
        ["log10"] = Math.Log10,
        ["log2"] = Math.Log2,
        ["rad"] = value => value * Math.PI / 180,
        ["sgn"] = value => value < 0 ? -1 : value > 0 ? 1 : value,
        ["sin"] = Math.Sin,
        ["sinh"] = Math.Sinh,
        ["sqrt"] = Math.Sqrt,
        ["tan"] = Math.Tan,
        ["tanh"] = Math.Tanh,
        ["minute"] = value => Date(value, date => date.Minute),
        ["hour"] = value => Date(value, date => date.Hour),
        ["day_of_week"] = value => Date(value, date => (int)date.DayOfWeek),
        ["day_of_month"] = value => Date(value, date => date.Day),
        ["day_of_year"] = value => Date(value, date => date.DayOfYear),
        ["days_in_month"] = value => Date(value, date => DateTime.DaysInMonth(date.Year, date.Month)),
        ["month"] = value => Date(value, date => date.Month),
        ["year"] = value => Date(value, date => date.Year),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Rounds to the nearest multiple; halves go up.</summary>
    public static double Round(double value, double toNearest)
    {
        // The inverse keeps 0.1 and its like exact.
        var inverse = 1.0 / toNearest;
        return Math.Floor((value * inverse) + 0.5) / inverse;
    }

    private static double Date(double seconds, Func<DateTime, double> part)
    {
        var isInRange = seconds is >= -62_135_596_800 and < 253_402_300_800;
        return isInRange ? part(DateTime.UnixEpoch.AddSeconds(Math.Truncate(seconds))) : double.NaN;
    }
}
