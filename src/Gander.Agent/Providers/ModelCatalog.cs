using System.Buffers;

namespace Gander.Agent.Providers;

/// <summary>Limits and list prices of well-known models. What is not in it can be configured; nothing is looked up anywhere else.</summary>
public static class ModelCatalog
{
    /// <summary>The limit assumed for a model that is not known.</summary>
    public const int DefaultContextLimit = 128_000;

    private static readonly SearchValues<char> DateCharacters = SearchValues.Create("-0123456789");

    private static readonly (string Name, ModelFacts Facts)[] Known =
    [
        ("gpt-4o-mini", new(128_000, new(0.15m, 0.60m, 0.075m))),
        ("gpt-4o", new(128_000, new(2.50m, 10m, 1.25m))),
        ("gpt-4.1-nano", new(1_047_576, new(0.10m, 0.40m, 0.025m))),
        ("gpt-4.1-mini", new(1_047_576, new(0.40m, 1.60m, 0.10m))),
        ("gpt-4.1", new(1_047_576, new(2m, 8m, 0.50m))),
        ("gpt-5-nano", new(400_000, new(0.05m, 0.40m, 0.005m))),
        ("gpt-5-mini", new(400_000, new(0.25m, 2m, 0.025m))),
        ("gpt-5-codex", new(400_000, new(1.25m, 10m, 0.125m))),
        ("gpt-5", new(400_000, new(1.25m, 10m, 0.125m))),
        ("o3", new(200_000, new(2m, 8m, 0.50m))),
        ("o4-mini", new(200_000, new(1.10m, 4.40m, 0.275m))),
        ("claude-opus-4-5", new(200_000, new(5m, 25m, 0.50m, 6.25m), 32_000)),
        ("claude-opus-4-1", new(200_000, new(15m, 75m, 1.50m, 18.75m), 32_000)),
        ("claude-opus-4", new(200_000, new(15m, 75m, 1.50m, 18.75m), 32_000)),
        ("claude-sonnet-4-5", new(200_000, new(3m, 15m, 0.30m, 3.75m), 32_000)),
        ("claude-sonnet-4", new(200_000, new(3m, 15m, 0.30m, 3.75m), 32_000)),
        ("claude-haiku-4-5", new(200_000, new(1m, 5m, 0.10m, 1.25m), 32_000)),
        ("claude-3-7-sonnet", new(200_000, new(3m, 15m, 0.30m, 3.75m), 32_000)),
        ("claude-3-5-haiku", new(200_000, new(0.80m, 4m, 0.08m, 1m), 8_192)),
    ];

    /// <summary>The facts of a model; a maker's name before a slash and a version behind the name are passed over.</summary>
    public static ModelFacts Find(string model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var name = model[(model.LastIndexOf('/') + 1)..];
        foreach (var (known, facts) in Known)
        {
            // Makers write a version as 4-5 or 4.5.
            if (IsVersionOf(name, known) || IsVersionOf(name.Replace('.', '-'), known))
            {
                return facts;
            }
        }

        return new ModelFacts(DefaultContextLimit);
    }

    private static bool IsVersionOf(string name, string known) =>
        name.StartsWith(known, StringComparison.OrdinalIgnoreCase) &&
        (name.Length == known.Length || name[known.Length] is '@' or ':' || IsVersion(name.AsSpan(known.Length)));

    // A date (-2024-08-06, -20250929), or -latest; -audio is another model, and so is -5.
    private static bool IsVersion(ReadOnlySpan<char> rest) =>
        rest.SequenceEqual("-latest") || (rest.Length >= 9 && rest[0] == '-' && !rest.ContainsAnyExcept(DateCharacters));
}
