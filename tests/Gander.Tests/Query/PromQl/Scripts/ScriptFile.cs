using System.Text.RegularExpressions;
using Gander.Query.PromQl.Syntax;

namespace Gander.Tests.Query.PromQl.Scripts;

/// <summary>A script: blocks of lines, each a load, a clear or an evaluation, with the line it starts at.</summary>
public sealed partial record ScriptFile(string Name, IReadOnlyList<(int Line, string Head, IReadOnlyList<string> Body)> Blocks)
{
    public static ScriptFile Read(string path)
    {
        var blocks = new List<(int, string, IReadOnlyList<string>)>();
        var body = new List<string>();
        var (head, line, number) = ("", 0, 0);
        foreach (var raw in File.ReadLines(path).Append(""))
        {
            number++;
            var text = raw.Trim();
            if (text.StartsWith('#'))
            {
                text = "";
            }

            var isHead = Head().IsMatch(text);
            if (head.Length > 0 && (text.Length == 0 || isHead))
            {
                blocks.Add((line, head, body));
                (head, body) = ("", []);
            }

            if (isHead)
            {
                (head, line) = (text, number);
            }
            else if (text.Length > 0)
            {
                body.Add(text);
            }
        }

        return new ScriptFile(Path.GetFileName(path), blocks);
    }

    /// <summary>Reads an evaluation, or null when the block is none.</summary>
    public static ScriptCase? ParseCase(string head, IReadOnlyList<string> body)
    {
        var match = Eval().Match(head);
        if (!match.Success)
        {
            return null;
        }

        var expectations = body.Where(line => line.StartsWith("expect ", StringComparison.Ordinal)).Select(line => line[7..].Trim()).ToList();
        expectations.AddRange(match.Groups["old"].Value switch
        {
            "" => [],
            var old => [old[1..]],
        });
        var isInstant = match.Groups["at"].Success;
        return new ScriptCase
        {
            Query = match.Groups["query"].Value,
            StartMillis = Millis(match.Groups[isInstant ? "at" : "from"].Value),
            EndMillis = Millis(match.Groups[isInstant ? "at" : "to"].Value),
            StepMillis = isInstant ? 0 : Millis(match.Groups["step"].Value),
            Expectations = expectations,
            Results = [.. body.Where(line => !line.StartsWith("expect ", StringComparison.Ordinal) && !line.StartsWith("expected_fail", StringComparison.Ordinal))],
        };
    }

    public static long Millis(string text)
    {
        var magnitude = text.TrimStart('-');
        var seconds = Literals.TryReadNumber(magnitude, out var value) ? value : throw new FormatException($"no time: {text}");
        return (long)Math.Round(seconds * 1000) * (text.StartsWith('-') ? -1 : 1);
    }

    [GeneratedRegex(@"^(clear|load|load_with_nhcb|eval\w*)(\s|$)")]
    private static partial Regex Head();

    [GeneratedRegex(@"^eval(?<old>_\w+)?\s+(?:instant\s+(?:at\s+(?<at>\S+)\s+)?|range\s+from\s+(?<from>\S+)\s+to\s+(?<to>\S+)\s+step\s+(?<step>\S+)\s+)(?<query>.*)$")]
    private static partial Regex Eval();
}
