namespace Gander.Prices;

/// <summary>The names under which a model may stand in the table. Pure.</summary>
internal static class ModelName
{
    private const int MaxLength = 256;

    /// <summary>The names to look for, the likeliest first, with how each was made; all in lower case.</summary>
    public static IEnumerable<(string Name, PriceMatchKind Kind)> Candidates(string model)
    {
        var name = model.Trim().ToLowerInvariant();
        if (name.Length is 0 or > MaxLength)
        {
            yield break;
        }

        var names = new List<string> { name };
        for (var slash = name.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = name.IndexOf('/', slash + 1))
        {
            names.Add(name[(slash + 1)..]);
        }

        yield return (name, PriceMatchKind.Exact);
        foreach (var part in names.Skip(1))
        {
            yield return (part, PriceMatchKind.WithoutProvider);
        }

        foreach (var part in names)
        {
            if (WithoutDate(part) is { Length: > 0 } shorter && shorter.Length < part.Length)
            {
                yield return (shorter, PriceMatchKind.WithoutDate);
            }
        }
    }

    /// <summary>What stands before the slashes of a name; providers are named there.</summary>
    public static IEnumerable<string> Prefixes(string model)
    {
        var parts = model.Trim().ToLowerInvariant().Split('/');
        return parts.Take(parts.Length - 1);
    }

    // -20250929, @20250929, -2025-09-29, and [1m] behind any of them.
    private static string WithoutDate(string name)
    {
        if (name.EndsWith(']') && name.LastIndexOf('[') is var open and > 0)
        {
            name = name[..open];
        }

        return TryCut(name, "########") ?? TryCut(name, "####-##-##") ?? name;
    }

    private static string? TryCut(string name, string form)
    {
        var start = name.Length - form.Length;
        if (start < 2 || name[start - 1] is not ('-' or '@'))
        {
            return null;
        }

        for (var i = 0; i < form.Length; i++)
        {
            if (form[i] == '#' ? !char.IsAsciiDigit(name[start + i]) : name[start + i] != form[i])
            {
                return null;
            }
        }

        // A year, so that a size or a build number is not taken for a date.
        return name.AsSpan(start).StartsWith("20", StringComparison.Ordinal) ? name[..(start - 1)] : null;
    }
}
