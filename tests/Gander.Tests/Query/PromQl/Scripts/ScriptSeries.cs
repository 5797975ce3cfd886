using System.Globalization;
using System.Text.RegularExpressions;
using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;

namespace Gander.Tests.Query.PromQl.Scripts;

/// <summary>One series line of a script: labels, and a float or histogram (or nothing) at each place.</summary>
public sealed partial record ScriptSeries(Labels Labels, IReadOnlyList<ScriptPoint> Points)
{
    /// <summary>Reads a series line.</summary>
    public static ScriptSeries Parse(string line)
    {
        var (selector, rest) = SplitLabels(line);
        return new ScriptSeries(ParseLabels(selector), [.. Tokens().Matches(rest).SelectMany(token => Expand(token.Value))]);
    }

    /// <summary>Cuts a line behind its labels.</summary>
    public static (string Labels, string Remainder) SplitLabels(string line)
    {
        var (depth, quote) = (0, '\0');
        for (var i = 0; i < line.Length; i++)
        {
            if (quote != '\0')
            {
                i += line[i] == '\\' ? 1 : 0;
                quote = line[i] == quote ? '\0' : quote;
            }
            else if (line[i] is '"' or '\'' or '`')
            {
                quote = line[i];
            }
            else if (line[i] is '{' or '}')
            {
                depth += line[i] == '{' ? 1 : -1;
            }
            else if (char.IsWhiteSpace(line[i]) && depth == 0 && !line[i..].TrimStart().StartsWith('{'))
            {
                return (line[..i], line[i..]);
            }
            else if (char.IsWhiteSpace(line[i]) && depth == 0 && line[i..].TrimStart().StartsWith("{{", StringComparison.Ordinal))
            {
                return (line[..i], line[i..]);
            }
        }

        return (line, "");
    }

    private static Labels ParseLabels(string selector)
    {
        if (selector.Trim() == "{}")
        {
            return Labels.Empty;
        }

        var text = selector.Trim();
        return Labels.Of(SelectorLabels(text));
    }

    private static IEnumerable<KeyValuePair<string, string>> SelectorLabels(string text)
    {
        // A label set is written like a selector of equal matchers, but may be one that no selector may be ({a=""}).
        var open = text.IndexOf('{', StringComparison.Ordinal);
        var name = open < 0 ? text : text[..open].Trim();
        if (name.Length > 0)
        {
            yield return KeyValuePair.Create(Labels.MetricName, name);
        }

        if (open < 0)
        {
            yield break;
        }

        var lexer = new Lexer(text[open..]);
        var tokens = new List<Token>();
        for (var token = lexer.Next(); token.Kind != TokenKind.End; token = lexer.Next())
        {
            tokens.Add(token);
        }

        for (var i = 1; i < tokens.Count - 1; i++)
        {
            if (tokens[i].Is(","))
            {
                continue;
            }

            var key = tokens[i].Kind == TokenKind.Text ? Literals.TryUnquote(tokens[i].Text)! : tokens[i].Text;
            if (tokens[i + 1].Is("="))
            {
                yield return KeyValuePair.Create(key, Literals.TryUnquote(tokens[i + 2].Text)!);
                i += 2;
            }
            else
            {
                yield return KeyValuePair.Create(Labels.MetricName, key);
            }
        }
    }

    private static IEnumerable<ScriptPoint> Expand(string token)
    {
        if (token.StartsWith('_'))
        {
            return Enumerable.Repeat(default(ScriptPoint), token.Length > 1 ? int.Parse(token.AsSpan(2), CultureInfo.InvariantCulture) : 1);
        }

        if (token == "stale")
        {
            return [new ScriptPoint(StaleMarker.Value, null, true)];
        }

        if (token.StartsWith("{{", StringComparison.Ordinal))
        {
            return ScriptHistogram.Expand(token);
        }

        var match = Repetition().Match(token);
        if (!match.Success)
        {
            return [new ScriptPoint(Number(token), null, true)];
        }

        var start = Number(match.Groups["start"].Value);
        var step = match.Groups["step"].Length == 0 ? 0 : Number(match.Groups["step"].Value);
        var count = int.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture);
        return Enumerable.Range(0, count + 1).Select(i => new ScriptPoint(Accumulate(start, step, i), null, true)).ToList();
    }

    // The reference adds the step again and again, and so gathers the same rounding.
    private static double Accumulate(double start, double step, int times)
    {
        for (var i = 0; i < times; i++)
        {
            start += step;
        }

        return start;
    }

    internal static double Number(string text)
    {
        var sign = text.StartsWith('-') ? -1 : 1;
        var magnitude = text.TrimStart('+', '-');
        return magnitude.Equals("inf", StringComparison.OrdinalIgnoreCase) ? sign * double.PositiveInfinity
            : magnitude.Equals("nan", StringComparison.OrdinalIgnoreCase) ? double.NaN
            : Literals.TryReadNumber(magnitude, out var value) ? sign * value
            : throw new FormatException($"no number: {text}");
    }

    [GeneratedRegex(@"\{\{.*?\}\}(?:[+-]\{\{.*?\}\})?(?:x\d+)?|\S+")]
    private static partial Regex Tokens();

    [GeneratedRegex(@"^(?<start>[+-]?(?:inf|nan|0x[0-9a-f]+|[0-9.]+(?:e[+-]?\d+)?))(?<step>[+-](?:inf|nan|[0-9.]+(?:e[+-]?\d+)?))?x(?<count>\d+)$", RegexOptions.IgnoreCase)]
    private static partial Regex Repetition();
}
