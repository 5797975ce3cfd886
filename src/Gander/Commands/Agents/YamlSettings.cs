using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Gander.Commands.Agents;

/// <summary>Reads the plain values at the top of a settings file in YAML.</summary>
internal static class YamlSettings
{
    /// <summary>Keys and values as written; none when there is no such file, or it is no YAML.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(Surroundings surroundings, string file)
    {
        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(surroundings.ReadText(file) ?? ""));
            return yaml.Documents is [{ RootNode: YamlMappingNode root }, ..]
                ?
                [
                    .. from entry in root.Children
                       where entry is { Key: YamlScalarNode, Value: YamlScalarNode }
                       select KeyValuePair.Create(((YamlScalarNode)entry.Key).Value ?? "", ((YamlScalarNode)entry.Value).Value ?? ""),
                ]
                : [];
        }
        catch (YamlException)
        {
            return [];
        }
    }
}
