namespace Gander.Hosting.Configuration;

/// <summary>Finds what a person probably meant.</summary>
internal static class Suggestion
{
    /// <summary>Text that continues "there is no setting 'x'": the nearest known name if one is near, and a full stop.</summary>
    public static string For(string unknown, IEnumerable<string> known) => Nearest(unknown, known) is { } nearest ? $"; did you mean '{nearest}'?" : ".";

    /// <summary>The known name with the fewest edits, if they are few for its length; else null.</summary>
    public static string? Nearest(string unknown, IEnumerable<string> known)
    {
        var nearest = known
            .Select(name => (Name: name, Edits: Distance(Plain(unknown), Plain(name))))
            .OrderBy(candidate => candidate.Edits)
            .FirstOrDefault();
        return nearest.Name is not null && nearest.Edits <= Math.Max(1, Plain(nearest.Name).Length / 4) ? nearest.Name : null;
    }

    // max-body-bytes, MAX_BODY_BYTES and maxBodyBytes are the same words.
    private static string Plain(string name) => new([.. name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);

    // Levenshtein's distance, a row at a time.
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var substituted = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[^1];
    }
}
