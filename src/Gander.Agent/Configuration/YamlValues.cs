using YamlDotNet.RepresentationModel;

namespace Gander.Agent.Configuration;

/// <summary>Reads values of settings out of YAML nodes, leniently: what has another shape is not there.</summary>
internal static class YamlValues
{
    public static string? Text(this YamlNode? node) => node is YamlScalarNode { Value: { } value } scalar && !IsNull(scalar, value) ? value : null;

    public static YamlNode? At(this YamlNode? node, string name) =>
        node is YamlMappingNode mapping && mapping.Children.TryGetValue(new YamlScalarNode(name), out var value) ? value : null;

    public static IReadOnlyList<string> Texts(this YamlNode? node) => node switch
    {
        YamlSequenceNode sequence => [.. sequence.Children.Select(Text).OfType<string>()],
        _ => node.Text() is { } one ? [one] : [],
    };

    public static Dictionary<string, string> Pairs(this YamlNode? node) => node is YamlMappingNode mapping
        ? mapping.Children
            .Where(pair => pair.Key.Text() is not null && pair.Value.Text() is not null)
            .ToDictionary(pair => pair.Key.Text()!, pair => pair.Value.Text()!, StringComparer.Ordinal)
        : new Dictionary<string, string>(StringComparer.Ordinal);

    private static bool IsNull(YamlScalarNode scalar, string value) =>
        scalar.Style == YamlDotNet.Core.ScalarStyle.Plain && value is "" or "~" or "null";
}
