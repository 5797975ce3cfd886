using Gander.Sessions.Facts;

namespace Gander.Sessions.Calls;

/// <summary>What several sightings of one call tell together: of each figure the first that has it.</summary>
internal static class Merged
{
    /// <summary>The first text that is not empty, or null.</summary>
    public static string? Text(IEnumerable<Sighting> sightings, Func<CallFacts, string> text) =>
        sightings.Select(sighting => text(sighting.Call)).FirstOrDefault(found => found.Length > 0);

    /// <summary>The first number that is known, or null.</summary>
    public static long? Number(IEnumerable<Sighting> sightings, Func<CallFacts, long> number) =>
        sightings.Select(sighting => number(sighting.Call)).Where(found => found >= 0).Select(found => (long?)found).FirstOrDefault();

    /// <summary>The first text under one of the keys, or null.</summary>
    public static string? Text(IEnumerable<Sighting> sightings, FactTexts? texts, IReadOnlyList<string> keys) =>
        texts is null ? null : sightings.Select(sighting => sighting.Text(texts, keys)).FirstOrDefault(found => found is not null);
}
