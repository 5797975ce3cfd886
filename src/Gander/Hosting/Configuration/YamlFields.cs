using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Gander.Hosting.Configuration;

/// <summary>Reads a mapping of a YAML file key by key, and refuses what nothing asked for; messages name file and line.</summary>
internal sealed class YamlFields
{
    private readonly string _file;
    private readonly YamlMappingNode _node;
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    private YamlFields(string file, YamlMappingNode node) => (_file, _node) = (file, node);

    /// <summary>The outermost mapping of a document; null when the document is empty.</summary>
    /// <exception cref="ConfigurationException">It is not YAML, or no mapping.</exception>
    public static YamlFields? Parse(string file, TextReader reader)
    {
        try
        {
            var yaml = new YamlStream();
            yaml.Load(reader);
            return yaml.Documents.Count == 0 || yaml.Documents[0].RootNode is YamlScalarNode { Value: null or "" } ? null : Of(file, yaml.Documents[0].RootNode);
        }
        catch (YamlException e)
        {
            throw new ConfigurationException($"{file}:{e.Start.Line}: this is not YAML: {e.Message}");
        }
    }

    /// <summary>Names of the mapping with the values they have.</summary>
    public IEnumerable<(string Name, IReadOnlyList<string> Values)> Lists()
    {
        foreach (var (key, value) in _node.Children)
        {
            yield return (Scalar(key), Texts(value));
        }
    }

    /// <summary>A mapping below a key; null when there is none.</summary>
    public YamlFields? Section(string key) => Find(key) is { } node ? Of(_file, node) : null;

    /// <summary>Mappings in a list below a key; none when there is no such key.</summary>
    public IEnumerable<YamlFields> Items(string key) => Find(key) switch
    {
        null => [],
        YamlSequenceNode list => list.Children.Select(item => Of(_file, item)),
        var node => throw Wrong(node, $"{key} must be a list"),
    };

    /// <summary>Text, or null.</summary>
    public string? Text(string key) => Find(key) is { } node ? Scalar(node) : null;

    /// <summary>Text that must be there.</summary>
    public string Required(string key) => Text(key) is { Length: > 0 } text ? text : throw Wrong(_node, $"{key} is missing");

    /// <summary>A list of texts, one alone without brackets; null when the key is absent.</summary>
    public IReadOnlyList<string>? Texts(string key) => Find(key) is { } node ? Texts(node) : null;

    /// <summary>A number that is not negative, or null.</summary>
    public decimal? Number(string key) => Find(key) is not { } node
        ? null
        : decimal.TryParse(Scalar(node), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Wrong(node, $"{key} is '{Scalar(node)}', but must be a number such as 2.5");

    /// <summary>The midnight in UTC that a day begins with, Unix nanoseconds, or null.</summary>
    public long? Day(string key) => Find(key) is not { } node
        ? null
        : DateOnly.TryParseExact(Scalar(node), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? (day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick
            : throw Wrong(node, $"{key} is '{Scalar(node)}', but must be a day such as 2026-06-30");

    /// <summary>Refuses keys that nothing asked for.</summary>
    public void Finish()
    {
        foreach (var key in _node.Children.Keys)
        {
            if (!_asked.Contains(Scalar(key)))
            {
                throw new ConfigurationException($"{_file}:{key.Start.Line}: there is no '{Scalar(key)}' here{Suggestion.For(Scalar(key), _asked)}");
            }
        }
    }

    /// <summary>A mistake in this mapping.</summary>
    public ConfigurationException Wrong(string message) => Wrong(_node, message);

    private ConfigurationException Wrong(YamlNode node, string message) => new($"{_file}:{node.Start.Line}: {message}.");

    private YamlNode? Find(string key)
    {
        _asked.Add(key);
        return _node.Children.TryGetValue(new YamlScalarNode(key), out var node) && node is not YamlScalarNode { Value: null or "" } ? node : null;
    }

    private List<string> Texts(YamlNode node) => node switch
    {
        YamlSequenceNode list => [.. list.Children.Select(Scalar)],
        YamlScalarNode { Value: null or "" } => [],
        _ => [Scalar(node)],
    };

    private string Scalar(YamlNode node) => node is YamlScalarNode scalar ? scalar.Value ?? "" : throw Wrong(node, "a single value is expected here");

    private static YamlFields Of(string file, YamlNode node) =>
        node is YamlMappingNode mapping ? new YamlFields(file, mapping) : throw new ConfigurationException($"{file}:{node.Start.Line}: lines of the form 'name: value' are expected here.");
}
