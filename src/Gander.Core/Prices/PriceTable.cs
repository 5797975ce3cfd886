using System.Collections.Concurrent;

namespace Gander.Prices;

/// <summary>
/// All prices that are known. A model is looked for by its exact id, then without what stands before a slash, then without the
/// date at its end, and last by entries whose id ends in an asterisk; what is not found has no price, and is never guessed.
/// Immutable and thread-safe.
/// </summary>
public sealed class PriceTable
{
    private const int MaxRemembered = 4_096;

    private readonly Dictionary<string, List<PriceEntry>> _byName = new(StringComparer.Ordinal);
    private readonly List<(string Prefix, PriceEntry Entry)> _patterns = [];
    private readonly Dictionary<string, string> _providers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _local;
    private readonly ConcurrentDictionary<(string Model, string? Provider), Found> _found = new();

    /// <summary>Makes a table. Entries that stand earlier win over later ones of the same model and time.</summary>
    /// <param name="version">What these prices are called; it goes with every amount.</param>
    /// <param name="entries">The prices.</param>
    /// <param name="providers">Names of providers.</param>
    /// <param name="localProviders">Names of providers that run models on the user's own machine.</param>
    public PriceTable(string version, IEnumerable<PriceEntry> entries, IEnumerable<ProviderNames> providers, IEnumerable<string> localProviders)
    {
        Version = version;
        Entries = [.. entries];
        _local = [.. localProviders.Select(name => name.ToLowerInvariant())];
        foreach (var provider in providers)
        {
            foreach (var name in provider.Aliases.Prepend(provider.Name))
            {
                _providers[name.ToLowerInvariant()] = provider.Name;
            }
        }

        foreach (var entry in Entries)
        {
            _providers.TryAdd(entry.Provider.ToLowerInvariant(), entry.Provider);
            foreach (var model in entry.Models)
            {
                Add(model.ToLowerInvariant(), entry);
            }
        }

        _patterns.Sort(static (left, right) => right.Prefix.Length.CompareTo(left.Prefix.Length));
    }

    /// <summary>A table without prices.</summary>
    public static PriceTable Empty { get; } = new("none", [], [], []);

    /// <summary>What these prices are called; it goes with every amount.</summary>
    public string Version { get; }

    /// <summary>All entries, in the order of the files.</summary>
    public IReadOnlyList<PriceEntry> Entries { get; }

    /// <summary>What the table says of a model.</summary>
    /// <param name="model">The model as telemetry names it.</param>
    /// <param name="provider">The provider as telemetry names it, or null. It decides between providers that sell a model of the same name; it does not hide a model that only another one sells, as agents name there the protocol they speak.</param>
    /// <param name="atNanos">When it was called, Unix nanoseconds.</param>
    public PriceMatch Match(string model, string? provider, long atNanos)
    {
        ArgumentNullException.ThrowIfNull(model);
        var found = Look(model, provider);
        if (found.Entries.Count == 0)
        {
            return new PriceMatch(found.Kind, null, null);
        }

        foreach (var entry in found.Entries)
        {
            if (entry.Holds(atNanos))
            {
                return new PriceMatch(found.Kind, entry, found.Name);
            }
        }

        return new PriceMatch(PriceMatchKind.OutsideValidity, null, found.Name) { Others = [.. found.Entries.OrderBy(entry => entry.FromNanos)] };
    }

    private Found Look(string model, string? provider)
    {
        if (_found.TryGetValue((model, provider), out var found))
        {
            return found;
        }

        found = Find(model, provider);

        // Names come from telemetry, so that there may be any number of them.
        if (_found.Count < MaxRemembered)
        {
            _found[(model, provider)] = found;
        }

        return found;
    }

    private Found Find(string model, string? provider)
    {
        if (IsLocal(provider) || ModelName.Prefixes(model).Any(IsLocal))
        {
            return new Found(PriceMatchKind.Local, null, []);
        }

        foreach (var (name, kind) in ModelName.Candidates(model))
        {
            if (_byName.TryGetValue(name, out var entries))
            {
                return Choose(kind, name, entries, model, provider);
            }
        }

        foreach (var (name, _) in ModelName.Candidates(model))
        {
            var longest = _patterns.Where(pattern => name.StartsWith(pattern.Prefix, StringComparison.Ordinal)).Select(pattern => pattern.Prefix).FirstOrDefault();
            if (longest is not null)
            {
                return Choose(PriceMatchKind.Pattern, longest + "*", [.. _patterns.Where(pattern => pattern.Prefix == longest).Select(pattern => pattern.Entry)], model, provider);
            }
        }

        return new Found(PriceMatchKind.UnknownModel, null, []);
    }

    private Found Choose(PriceMatchKind kind, string name, List<PriceEntry> entries, string model, string? provider)
    {
        // What a person wrote for this server comes first, and what came with the program holds at other times.
        var sorted = entries.OrderByDescending(entry => entry.IsOwn).ToList();
        foreach (var named in ModelName.Prefixes(model).Prepend(provider ?? ""))
        {
            if (ProviderOf(named) is { } seller && sorted.FindAll(entry => entry.Provider == seller) is { Count: > 0 } its)
            {
                return new Found(kind, name, its);
            }
        }

        foreach (var choice in new[] { sorted, sorted.FindAll(entry => entry.IsOwn) })
        {
            if (choice.Count > 0 && choice.TrueForAll(entry => entry.Provider == choice[0].Provider))
            {
                return new Found(kind, name, choice);
            }
        }

        return new Found(PriceMatchKind.Ambiguous, name, []);
    }

    private bool IsLocal(string? provider) => provider is not null && (_local.Contains(provider.ToLowerInvariant()) || _local.Contains(FirstWord(provider)));

    // Some agents add how they speak with it: openai.responses, anthropic.messages.
    private string? ProviderOf(string provider) =>
        _providers.GetValueOrDefault(provider.ToLowerInvariant()) ?? _providers.GetValueOrDefault(FirstWord(provider));

    private static string FirstWord(string provider)
    {
        var dot = provider.IndexOf('.', StringComparison.Ordinal);
        return (dot < 0 ? provider : provider[..dot]).ToLowerInvariant();
    }

    private void Add(string model, PriceEntry entry)
    {
        if (model.EndsWith('*'))
        {
            _patterns.Add((model[..^1], entry));
            return;
        }

        if (!_byName.TryGetValue(model, out var entries))
        {
            entries = [];
            _byName.Add(model, entries);
        }

        entries.Add(entry);
    }

    private readonly record struct Found(PriceMatchKind Kind, string? Name, List<PriceEntry> Entries);
}
