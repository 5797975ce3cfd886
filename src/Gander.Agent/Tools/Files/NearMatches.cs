using System.Globalization;
using System.Text;

namespace Gander.Agent.Tools.Files;

/// <summary>Finds where a text most likely was meant to be, when it is nowhere exactly.</summary>
internal static class NearMatches
{
    private const int MaxShown = 3;
    private const int MaxShownLines = 12;
    private const int MaxComparisons = 4_000_000;
    private const double LeastLikeness = 0.5;

    /// <summary>A paragraph for the model: places that differ in white space alone, else the most similar ones, with their line numbers; empty where nothing is like it.</summary>
    public static string Describe(string text, string wanted)
    {
        var lines = Lines.Of(text);
        var sought = Lines.Of(wanted);
        var first = Array.FindIndex(sought, line => !string.IsNullOrWhiteSpace(line));
        if (first < 0 || lines.Length == 0 || (long)lines.Length * sought.Length > MaxComparisons)
        {
            return "";
        }

        var places = (from start in Enumerable.Range(0, lines.Length)
                      let likeness = Likeness(lines, start, sought, first)
                      where likeness >= LeastLikeness
                      orderby likeness descending, start
                      select (Start: start, Likeness: likeness)).Take(MaxShown).ToList();
        if (places.Count == 0)
        {
            return "";
        }

        var exact = places.Where(place => place.Likeness >= 1).ToList();
        var report = new StringBuilder(exact.Count > 0 ? "Only the white space differs here:" : "The most similar places:");
        foreach (var (start, _) in exact.Count > 0 ? exact : places)
        {
            Show(report, lines, start, Math.Min(sought.Length, lines.Length - start));
        }

        return report.ToString();
    }

    // Lines that are equal but for white space count fully; the first one counts by its pairs of letters, so that a typing mistake is found.
    private static double Likeness(string[] lines, int start, string[] sought, int first)
    {
        if (start + sought.Length > lines.Length + 1)
        {
            return 0;
        }

        var (sum, weight) = (0.0, 0.0);
        for (var i = 0; i < sought.Length; i++)
        {
            var want = sought[i].Trim();
            var have = start + i < lines.Length ? lines[start + i].Trim() : "";
            weight++;
            sum += Equal(want, have) ? 1 : i == first || sought.Length <= 3 ? 0.9 * SharedPairs(want, have) : 0;
        }

        return sum / weight;
    }

    private static bool Equal(string left, string right)
    {
        var (i, j) = (0, 0);
        while (true)
        {
            while (i < left.Length && char.IsWhiteSpace(left[i]))
            {
                i++;
            }

            while (j < right.Length && char.IsWhiteSpace(right[j]))
            {
                j++;
            }

            if (i == left.Length || j == right.Length)
            {
                return i == left.Length && j == right.Length;
            }

            if (left[i++] != right[j++])
            {
                return false;
            }
        }
    }

    // Dice's coefficient over pairs of neighbouring characters.
    private static double SharedPairs(string left, string right)
    {
        if (left.Length < 2 || right.Length < 2)
        {
            return 0;
        }

        var pairs = new Dictionary<(char, char), int>();
        for (var i = 0; i + 1 < left.Length; i++)
        {
            System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(pairs, (left[i], left[i + 1]), out _)++;
        }

        var shared = 0;
        for (var i = 0; i + 1 < right.Length; i++)
        {
            if (pairs.TryGetValue((right[i], right[i + 1]), out var count) && count > 0)
            {
                pairs[(right[i], right[i + 1])] = count - 1;
                shared++;
            }
        }

        return 2.0 * shared / (left.Length + right.Length - 2);
    }

    private static void Show(StringBuilder report, string[] lines, int start, int count)
    {
        report.Append(CultureInfo.InvariantCulture, $"\nlines {start + 1} to {start + count}:");
        foreach (var line in lines.AsSpan(start, Math.Min(count, MaxShownLines)))
        {
            report.Append('\n').Append(Lines.Cut(line, 300));
        }
    }
}
