using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Gander.Hosting.Configuration;
using Gander.Prices;

namespace Gander.Hosting.Pricing;

/// <summary>Reads files of prices: the one that comes with the program, and one of a person's own before it. docs/prices.md describes them.</summary>
internal static class PriceFile
{
    private const string Resource = "Gander.Hosting.Pricing.prices.yaml";
    private const int MaxBytes = 4 << 20;
    private const int MaxEntries = 20_000;
    private const long PicosAMillionth = 1_000_000;

    // Dearer than any model, and far from where products of rate and tokens leave the numbers.
    private const decimal MaxRate = 1_000_000;

    private static readonly Lazy<Content> Shipped = new(ReadShipped);

    /// <summary>The prices that come with the program.</summary>
    public static PriceTable ReadTable() => Join(null);

    /// <summary>The prices of a file before those that come with the program; without a file, those alone.</summary>
    /// <exception cref="ConfigurationException">The file cannot be read; the message names the line.</exception>
    public static PriceTable ReadTable(PriceOptions options)
    {
        if (options.File.Length == 0)
        {
            return ReadTable();
        }

        var path = Path.GetFullPath(options.File);
        try
        {
            if (new FileInfo(path).Length > MaxBytes)
            {
                throw new ConfigurationException($"{path}: the file is larger than {MaxBytes} bytes.");
            }

            var bytes = File.ReadAllBytes(path);
            using var reader = new StreamReader(new MemoryStream(bytes));
            var content = Read(path, reader, isOwn: true);
            return Join(content with { Version = content.Version ?? $"own-{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 4))}" });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"prices.file: {path} cannot be read: {e.Message}");
        }
    }

    /// <summary>The prices of a text, without those of the program.</summary>
    internal static PriceTable Parse(string text)
    {
        using var reader = new StringReader(text);
        var content = Read("prices", reader, isOwn: false);
        return new PriceTable(content.Version ?? "unnamed", content.Entries, content.Providers, content.Local);
    }

    private static PriceTable Join(Content? own)
    {
        var shipped = Shipped.Value;
        return new PriceTable(
            own is null ? shipped.Version! : $"{shipped.Version}+{own.Version}",
            [.. own?.Entries ?? [], .. shipped.Entries],
            [.. shipped.Providers, .. own?.Providers ?? []],
            [.. shipped.Local, .. own?.Local ?? []]);
    }

    private static Content ReadShipped()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource) ?? throw new InvalidOperationException("The prices are not part of the program.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return Read("prices.yaml", reader, isOwn: false);
    }

    private static Content Read(string file, TextReader reader, bool isOwn)
    {
        if (YamlFields.Parse(file, reader) is not { } root)
        {
            return new Content(null, [], [], []);
        }

        var sources = root.Section("sources")?.Lists().ToDictionary(source => source.Name, source => string.Join(' ', source.Values), StringComparer.Ordinal) ?? [];
        var content = new Content(
            root.Text("version"),
            [.. root.Items("prices").SelectMany(group => ReadGroup(group, sources, isOwn)).Take(MaxEntries + 1)],
            [.. root.Section("providers")?.Lists().Select(provider => new ProviderNames(provider.Name, provider.Values)) ?? []],
            root.Texts("local") ?? []);
        root.Finish();
        return content.Entries.Count <= MaxEntries ? content : throw root.Wrong($"there are more than {MaxEntries} entries");
    }

    // An entry stands alone, or in a group that says once what its entries have in common.
    private static List<PriceEntry> ReadGroup(YamlFields group, Dictionary<string, string> sources, bool isOwn)
    {
        var entries = group.Items("entries").ToList();
        if (entries.Count == 0)
        {
            return [ReadEntry(group, group, sources, isOwn)];
        }

        foreach (var common in new[] { "provider", "source", "checked" })
        {
            group.Text(common);
        }

        group.Finish();
        return entries.ConvertAll(entry => ReadEntry(entry, group, sources, isOwn));
    }

    private static PriceEntry ReadEntry(YamlFields entry, YamlFields group, Dictionary<string, string> sources, bool isOwn)
    {
        var provider = entry.Text("provider") ?? group.Required("provider");
        var models = entry.Texts("models") is { Count: > 0 } names && names.All(name => name.TrimEnd('*').Length > 0) ? names : throw entry.Wrong("models is missing");
        var source = entry.Text("source") ?? group.Text("source") ?? "";
        var day = entry.Text("checked") ?? group.Text("checked");
        var result = new PriceEntry
        {
            Provider = provider,
            Models = models,
            FromNanos = entry.Day("from") ?? long.MinValue,
            ToNanos = entry.Day("to") ?? long.MaxValue,
            Rates = ReadRates(entry),
            Tiers = [.. entry.Items("tiers").Select(ReadTier)],
            MaxContextTokens = Context(entry, "maxContext"),
            Source = $"{sources.GetValueOrDefault(source, source)}{(day is null ? "" : $", {day}")}".TrimStart(',', ' '),
            IsOwn = isOwn,
        };
        entry.Finish();
        return result.FromNanos >= result.ToNanos
            ? throw entry.Wrong("to is not after from")
            : result.Tiers.Zip(result.Tiers.Skip(1)).Any(pair => pair.First.AboveTokens >= pair.Second.AboveTokens)
                ? throw entry.Wrong("tiers must stand in the order of their contexts")
                : result;
    }

    private static PriceTier ReadTier(YamlFields tier)
    {
        var result = new PriceTier(Context(tier, "above") ?? throw tier.Wrong("above is missing"), ReadRates(tier));
        tier.Finish();
        return result;
    }

    private static long? Context(YamlFields fields, string key) => fields.Number(key) switch
    {
        null => null,
        var tokens when ContextBand.Limits.Any(limit => limit == tokens) => (long)tokens,
        var tokens => throw fields.Wrong($"{key} is {tokens}, but must be one of {string.Join(", ", ContextBand.Limits)}"),
    };

    private static TokenRates ReadRates(YamlFields fields) => new(
        Rate(fields, "input") ?? throw fields.Wrong("input is missing"),
        Rate(fields, "output") ?? throw fields.Wrong("output is missing"))
    {
        CacheRead = Rate(fields, "cacheRead"),
        CacheWrite = Rate(fields, "cacheWrite"),
        CacheWriteOneHour = Rate(fields, "cacheWriteOneHour"),
        Reasoning = Rate(fields, "reasoning"),
    };

    private static long? Rate(YamlFields fields, string key)
    {
        if (fields.Number(key) is not { } dollars)
        {
            return null;
        }

        var picos = dollars > MaxRate ? throw fields.Wrong($"{key} is more than {MaxRate} dollars a million tokens") : dollars * PicosAMillionth;
        return picos == decimal.Truncate(picos) ? (long)picos : throw fields.Wrong($"{key} has more than six decimals");
    }

    private sealed record Content(string? Version, IReadOnlyList<PriceEntry> Entries, IReadOnlyList<ProviderNames> Providers, IReadOnlyList<string> Local);
}
