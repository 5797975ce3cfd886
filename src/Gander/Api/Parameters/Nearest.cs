namespace Gander.Api.Parameters;

/// <summary>Finds the word a person probably meant.</summary>
internal static class Nearest
{
    private const int MaxLength = 64;

    /// <summary>The candidate with the fewest edits from <paramref name="word"/>, or null when none is close.</summary>
    public static string? To(string word, IEnumerable<string> candidates)
    {
        if (word.Length > MaxLength)
        {
            return null;
        }

        var (best, fewest) = ((string?)null, Math.Max(2, word.Length / 3) + 1);
        foreach (var candidate in candidates)
        {
            var edits = candidate.StartsWith(word, StringComparison.OrdinalIgnoreCase) ? 1 : Edits(word, candidate);
            if (edits < fewest)
            {
                (best, fewest) = (candidate, edits);
            }
        }

        return best;
    }

    // Insertions, deletions, replacements and swaps of neighbours, letter case ignored.
    private static int Edits(string from, string to)
    {
        if (to.Length > MaxLength)
        {
            return int.MaxValue;
        }

        Span<int> before = stackalloc int[MaxLength + 1];
        Span<int> last = stackalloc int[MaxLength + 1];
        Span<int> current = stackalloc int[MaxLength + 1];
        for (var j = 0; j <= to.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= from.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var same = Same(from[i - 1], to[j - 1]);
                current[j] = Math.Min(Math.Min(current[j - 1], last[j]) + 1, last[j - 1] + (same ? 0 : 1));
                if (i > 1 && j > 1 && Same(from[i - 1], to[j - 2]) && Same(from[i - 2], to[j - 1]))
                {
                    current[j] = Math.Min(current[j], before[j - 2] + 1);
                }
            }

            last.CopyTo(before);
            current.CopyTo(last);
        }

        return last[to.Length];
    }

    private static bool Same(char left, char right) => char.ToLowerInvariant(left) == char.ToLowerInvariant(right);
}
