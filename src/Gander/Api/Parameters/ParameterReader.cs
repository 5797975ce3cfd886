using System.Globalization;
using Gander.Telemetry;
using Microsoft.Extensions.Primitives;

namespace Gander.Api.Parameters;

/// <summary>
/// Reads the parameters of a query string and gathers what is wrong with them, so that a page can show every mistake and an
/// API can refuse with the first. A parameter that was not asked for by the time of <see cref="Finish"/> is unknown.
/// </summary>
/// <param name="query">The parameters as they came.</param>
/// <param name="nowNanos">What <c>now</c> means, Unix nanoseconds.</param>
public sealed class ParameterReader(IEnumerable<KeyValuePair<string, StringValues>> query, long nowNanos)
{
    /// <summary>The longest value that is read.</summary>
    public const int MaxValueLength = 4_096;

    private const int MaxRepeats = 32;

    private readonly Dictionary<string, StringValues> _query = new(query, StringComparer.Ordinal);
    private readonly SortedSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<ParameterProblem> _problems = [];

    /// <summary>What is wrong, in the order in which it was found.</summary>
    public IReadOnlyList<ParameterProblem> Problems => _problems;

    /// <summary>Notes a mistake.</summary>
    public void Report(ParameterProblem problem) => _problems.Add(problem);

    /// <summary>The value of a parameter that may stand once; null when it is absent or empty, as an empty field of a form is.</summary>
    public string? Text(string name)
    {
        var values = All(name);
        if (values.Count > 1)
        {
            Report(ParameterProblem.Bad(name, "may be given once only"));
        }

        return values.Count == 0 ? null : values[0];
    }

    /// <summary>The values of a parameter that may be repeated; empty ones are left out.</summary>
    public IReadOnlyList<string> All(string name)
    {
        _known.Add(name);
        if (!_query.TryGetValue(name, out var values))
        {
            return [];
        }

        if (values.Count > MaxRepeats)
        {
            Report(ParameterProblem.Bad(name, string.Create(CultureInfo.InvariantCulture, $"may be repeated at most {MaxRepeats} times")));
            return [];
        }

        if (values.Any(value => value?.Length > MaxValueLength))
        {
            Report(ParameterProblem.Bad(name, string.Create(CultureInfo.InvariantCulture, $"may have at most {MaxValueLength} characters")));
            return [];
        }

        return [.. values.Where(value => !string.IsNullOrEmpty(value)).Select(value => value!)];
    }

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public int Number(string name, int least, int most, int otherwise)
    {
        if (Text(name) is not { } text)
        {
            return otherwise;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Report(ParameterProblem.Bad(name, string.Create(CultureInfo.InvariantCulture, $"'{text}' is not a whole number from {least} to {most}, for example {otherwise}")));
        return otherwise;
    }

    /// <summary>True or false.</summary>
    public bool Flag(string name)
    {
        var text = Text(name);
        if (text is not (null or "true" or "false"))
        {
            Report(ParameterProblem.Bad(name, $"'{text}' is neither true nor false"));
        }

        return text == "true";
    }

    /// <summary>One of some words.</summary>
    public string? Word(string name, params ReadOnlySpan<string> words)
    {
        var text = Text(name);
        if (text is null || words.Contains(text))
        {
            return text;
        }

        Report(ParameterProblem.Bad(name, $"'{text}' is none of {string.Join(", ", words)}"));
        return null;
    }

    /// <summary>An instant, or null when the parameter is absent or wrong.</summary>
    public long? Time(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (TimeText.TryParse(text, nowNanos, out var nanos, out var problem))
        {
            return nanos;
        }

        Report(ParameterProblem.Bad(name, problem));
        return null;
    }

    /// <summary>The range between <c>start</c> and <c>end</c>; a missing one is open.</summary>
    public TimeRange Range()
    {
        var (start, end) = (Time("start") ?? long.MinValue, Time("end") ?? long.MaxValue);
        if (start <= end)
        {
            return new TimeRange(start, end);
        }

        Report(ParameterProblem.Bad("end", "is before start; swap them, or leave one out"));
        return TimeRange.All;
    }

    /// <summary>Reports every parameter that nothing asked for, with the nearest known name.</summary>
    public void Finish()
    {
        foreach (var name in _query.Keys.Where(name => !_known.Contains(name)))
        {
            var advice = Nearest.To(name, _known) is { } nearest ? $"did you mean {nearest}?" : $"known are {string.Join(", ", _known)}";
            var shown = name.Length > 64 ? name[..64] : name;
            Report(new ParameterProblem("unknown_parameter", shown, $"There is no parameter '{shown}'; {advice}"));
        }
    }
}
