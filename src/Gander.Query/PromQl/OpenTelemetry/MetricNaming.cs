using System.Diagnostics.CodeAnalysis;

namespace Gander.Query.PromQl.OpenTelemetry;

/// <summary>Makes Prometheus names of OTLP names (OpenTelemetry specification, Prometheus and OpenMetrics compatibility).</summary>
/// <param name="strategy">How.</param>
/// <param name="prefix">The namespace before every name, or empty.</param>
internal sealed class MetricNaming(TranslationStrategy strategy, string prefix = "")
{
    private readonly bool _escapes = strategy is TranslationStrategy.UnderscoreEscapingWithSuffixes or TranslationStrategy.UnderscoreEscapingWithoutSuffixes;
    private readonly bool _appends = strategy is TranslationStrategy.UnderscoreEscapingWithSuffixes or TranslationStrategy.NoUtf8EscapingWithSuffixes;

    /// <summary>Whether a character may stand in a name and separates no words of it.</summary>
    public static bool IsPlain(char character) => char.IsAsciiLetterOrDigit(character) || character == ':';

    /// <summary>Makes a name, or says why there is none.</summary>
    public bool TryName(string name, string unit, MetricType type, [NotNullWhen(true)] out string? made, [NotNullWhen(false)] out string? problem)
    {
        var text = _escapes && _appends ? FromWords(name, unit, type)
            : _escapes ? Escape(name)
            : _appends ? Append(Prefixed(name), unit, type)
            : Prefixed(name);
        problem = text.Length == 0 ? $"normalization for metric \"{name}\" resulted in empty name"
            : _escapes && text != name && !text.AsSpan().ContainsAnyExcept('_') ? $"normalization for metric \"{name}\" resulted in invalid name \"{text}\""
            : null;
        made = problem is null ? text : null;
        return problem is null;
    }

    private static List<string> Split(string text, Func<char, bool> belongs)
    {
        var words = new List<string>();
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && belongs(text[i]))
            {
                start = start < 0 ? i : start;
            }
            else if (start >= 0)
            {
                words.Add(text[start..i]);
                start = -1;
            }
        }

        return words;
    }

    private static string NotFirstDigit(string text) => text.Length > 0 && char.IsAsciiDigit(text[0]) ? "_" + text : text;

    private string Prefixed(string text) => prefix.Length == 0 ? text : $"{prefix}_{text}";

    private string Escape(string name)
    {
        static bool Belongs(char character) => IsPlain(character) || character == '_';
        var text = string.Join('_', Split(name, Belongs));
        return prefix.Length == 0 ? NotFirstDigit(text) : $"{string.Join('_', Split(prefix, Belongs))}_{text}";
    }

    private string FromWords(string name, string unit, MetricType type)
    {
        var words = Split(name, IsPlain);
        var (main, per) = UnitWords.Of(unit);
        if (main.Length > 0 && !words.Contains(main, StringComparer.Ordinal))
        {
            words.Add(main);
        }

        if (per.Length > 0 && !words.Contains(per, StringComparer.Ordinal))
        {
            words.Add(per);
        }

        if (Ending(unit, type) is { } ending)
        {
            words.RemoveAll(word => word == ending);
            words.Add(ending);
        }

        if (prefix.Length > 0)
        {
            words.Insert(0, prefix);
        }

        return NotFirstDigit(string.Join('_', words));
    }

    private static string Append(string text, string unit, MetricType type)
    {
        var ending = Ending(unit, type);
        text = ending is null ? text : WithoutLast(text, ending);
        foreach (var word in (ReadOnlySpan<string>)[UnitWords.Joined(unit), ending ?? ""])
        {
            if (word.Length > 0)
            {
                text = $"{WithoutLast(text, word)}_{word}";
            }
        }

        return text;
    }

    // The character before the word is whatever separates words here.
    private static string WithoutLast(string text, string word) =>
        text.Length > word.Length + 1 && text.EndsWith(word, StringComparison.Ordinal) && !char.IsLetterOrDigit(text[^(word.Length + 1)])
            ? text[..^(word.Length + 1)]
            : text;

    // Counters of unit 1 exist that count things and are no ratios.
    private static string? Ending(string unit, MetricType type) =>
        type == MetricType.Counter ? "total" : type == MetricType.Gauge && unit == "1" ? "ratio" : null;
}
