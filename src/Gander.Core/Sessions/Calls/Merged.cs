using Gander.Sessions.Facts;

namespace Gander.Sessions.Calls;

/// <summary>What several sightings of one call tell together: of each figure the first that has it.</summary>
internal static class Merged
{
    /// <summary>The first text that is not empty, or null.</summary>
    public static string? Text(ReadOnlySpan<Sighting> sightings, Func<CallFacts, string> text)
    {
        foreach (var sighting in sightings)
        {
            if (text(sighting.Call) is { Length: > 0 } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>The first number that is known, or null.</summary>
    public static long? Number(ReadOnlySpan<Sighting> sightings, Func<CallFacts, long> number)
    {
        foreach (var sighting in sightings)
        {
            if (number(sighting.Call) is >= 0 and var found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>The first text under one of the keys, or null.</summary>
    public static string? Text(ReadOnlySpan<Sighting> sightings, FactTexts? texts, IReadOnlyList<string> keys)
    {
        if (texts is null)
        {
            return null;
        }

        foreach (var sighting in sightings)
        {
            if (sighting.Text(texts, keys) is { } found)
            {
                return found;
            }
        }

        return null;
    }
}
