using System.Text;

namespace Gander.Query.PromQl.OpenTelemetry;

/// <summary>UCUM units as the words Prometheus names end with.</summary>
internal static class UnitWords
{
    private static readonly Dictionary<string, string> Main = new(StringComparer.Ordinal)
    {
        ["d"] = "days",
        ["h"] = "hours",
        ["min"] = "minutes",
        ["s"] = "seconds",
        ["ms"] = "milliseconds",
        ["us"] = "microseconds",
        ["ns"] = "nanoseconds",
        ["By"] = "bytes",
        ["KiBy"] = "kibibytes",
        ["MiBy"] = "mebibytes",
        ["GiBy"] = "gibibytes",
        ["TiBy"] = "tibibytes",
        ["KBy"] = "kilobytes",
        ["MBy"] = "megabytes",
        ["GBy"] = "gigabytes",
        ["TBy"] = "terabytes",
        ["m"] = "meters",
        ["V"] = "volts",
        ["A"] = "amperes",
        ["J"] = "joules",
        ["W"] = "watts",
        ["g"] = "grams",
        ["Cel"] = "celsius",
        ["Hz"] = "hertz",
        ["1"] = "",
        ["%"] = "percent",
    };

    private static readonly Dictionary<string, string> Per = new(StringComparer.Ordinal)
    {
        ["s"] = "second",
        ["m"] = "minute",
        ["h"] = "hour",
        ["d"] = "day",
        ["w"] = "week",
        ["mo"] = "month",
        ["y"] = "year",
    };

    /// <summary>The words of a unit: <c>By/s</c> is <c>bytes</c> and <c>per_second</c>. Either may be empty.</summary>
    public static (string Main, string Per) Of(string unit)
    {
        var slash = unit.IndexOf('/', StringComparison.Ordinal);
        var main = Word(slash < 0 ? unit : unit[..slash], Main);
        var per = slash < 0 ? "" : Word(unit[(slash + 1)..], Per);
        return (main, per.Length == 0 ? "" : "per_" + per);
    }

    /// <summary>Both words as one: <c>bytes_per_second</c>.</summary>
    public static string Joined(string unit)
    {
        var (main, per) = Of(unit);
        return main.Length == 0 || per.Length == 0 ? main + per : $"{main}_{per}";
    }

    // A part in braces is an annotation: it says what is counted and is no unit.
    private static string Word(string part, Dictionary<string, string> words)
    {
        part = part.Trim();
        return part.AsSpan().ContainsAny('{', '}') ? ""
            : words.TryGetValue(part, out var word) ? word
            : Clean(part);
    }

    private static string Clean(string unit)
    {
        var text = new StringBuilder(unit.Length);
        foreach (var character in unit)
        {
            if (MetricNaming.IsPlain(character))
            {
                text.Append(character);
            }
            else if (text.Length > 0 && text[^1] != '_')
            {
                text.Append('_');
            }
        }

        return text.ToString().TrimEnd('_');
    }
}
