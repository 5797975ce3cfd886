using System.Globalization;
using System.Reflection;

namespace Gander.Hosting.Configuration;

/// <summary>Turns the text of a setting into the type of its property.</summary>
internal static class SettingParser
{
    private static readonly (string Suffix, long Factor)[] Sizes =
        [("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40), ("kB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000)];

    private static readonly (string Suffix, TimeSpan Unit)[] Times =
        [("ms", TimeSpan.FromMilliseconds(1)), ("s", TimeSpan.FromSeconds(1)), ("m", TimeSpan.FromMinutes(1)), ("h", TimeSpan.FromHours(1)), ("d", TimeSpan.FromDays(1))];

    /// <summary>Reads a value; when it cannot be read, <paramref name="expected"/> says what would be.</summary>
    public static bool TryParse(Type type, IReadOnlyList<string> texts, out object? value, out string expected)
    {
        expected = "";
        if (type.IsAssignableFrom(typeof(string[])) && type != typeof(object))
        {
            value = texts.ToArray();
            return true;
        }

        value = null;
        if (texts.Count != 1)
        {
            expected = "one value and not a list";
            return false;
        }

        var target = Nullable.GetUnderlyingType(type) ?? type;
        (value, expected) = Scalar(target, texts[0].Trim());
        return value is not null;
    }

    private static (object? Value, string Expected) Scalar(Type type, string text)
    {
        if (type == typeof(string))
        {
            return (text, "text");
        }

        if (type == typeof(bool))
        {
            return (bool.TryParse(text, out var flag) ? flag : null, "true or false");
        }

        if (type == typeof(TimeSpan))
        {
            return (Time(text), "a time with its unit, such as 30s, 12h or 7d");
        }

        if (type.IsEnum)
        {
            var known = Enum.TryParse(type, text, ignoreCase: true, out var member) && Enum.IsDefined(type, member);
            return (known ? member : null, $"one of {string.Join(", ", Enum.GetNames(type)).ToLowerInvariant()}");
        }

        if (type == typeof(long))
        {
            return (Whole(text), "a whole number, or a size such as 64MiB");
        }

        if (type == typeof(int))
        {
            return (Whole(text) is >= int.MinValue and <= int.MaxValue and var number ? (object)(int)number : null, "a whole number, or a size such as 64MiB");
        }

        return type == typeof(ListenAddress)
            ? (ListenAddress.TryParse(text, null, out var address) ? address : null, "HOST:PORT with an IP address, localhost or *, such as 127.0.0.1:4318")
            : (Parsable(type, text), type == typeof(double) ? "a number" : $"a {type.Name}");
    }

    private static long? Whole(string text)
    {
        var factor = 1L;
        foreach (var (suffix, size) in Sizes)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal))
            {
                (text, factor) = (text[..^suffix.Length].TrimEnd(), size);
                break;
            }
        }

        if (!long.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            || number > long.MaxValue / factor || number < long.MinValue / factor)
        {
            return null;
        }

        return number * factor;
    }

    private static TimeSpan? Time(string text)
    {
        foreach (var (suffix, unit) in Times)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal)
                && double.TryParse(text.AsSpan(0, text.Length - suffix.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                && number * unit.TotalDays < TimeSpan.MaxValue.TotalDays)
            {
                return number * unit;
            }
        }

        // Without a colon "30" would be read as thirty days.
        return text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var time) ? time : null;
    }

    private static object? Parsable(Type type, string text)
    {
        var parse = type.GetMethod("TryParse", BindingFlags.Public | BindingFlags.Static, [typeof(string), typeof(IFormatProvider), type.MakeByRefType()]);
        object?[] arguments = [text, CultureInfo.InvariantCulture, null];
        return parse is null
            ? throw new NotSupportedException($"Options of type {type} cannot be read from text.")
            : parse.Invoke(null, arguments) is true ? arguments[2] : null;
    }
}
