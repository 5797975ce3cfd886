namespace Gander.Query.PromQl.Syntax;

/// <summary>Texts with gaps of any characters between them: what <c>a.*b.+</c> means, matched without a regular expression.</summary>
/// <param name="texts">The texts, one more than there are gaps; the first and the last stand at the ends.</param>
/// <param name="minimums">How many characters each gap must have at least.</param>
internal sealed class PatternGlob(IReadOnlyList<string> texts, IReadOnlyList<int> minimums)
{
    /// <summary>Whether there is no gap.</summary>
    public bool IsLiteral => minimums.Count == 0;

    /// <summary>The text, where there is no gap.</summary>
    public string Literal => texts[0];

    /// <summary>Whether a value matches.</summary>
    public bool IsMatch(string value)
    {
        if (!value.StartsWith(texts[0], StringComparison.Ordinal))
        {
            return false;
        }

        // Each text between gaps is taken where it first occurs: that leaves the most for the ones behind it.
        var at = texts[0].Length;
        for (var i = 1; i < texts.Count - 1; i++)
        {
            var from = at + minimums[i - 1];
            var found = from > value.Length ? -1 : value.AsSpan(from).IndexOf(texts[i], StringComparison.Ordinal);
            if (found < 0)
            {
                return false;
            }

            at = from + found + texts[i].Length;
        }

        return IsLiteral
            ? at == value.Length
            : value.Length - texts[^1].Length >= at + minimums[^1] && value.EndsWith(texts[^1], StringComparison.Ordinal);
    }
}
