using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Gander.Hosting.Configuration;

/// <summary>Reads the YAML configuration file: settings at the top, and one level of sections.</summary>
internal static class ConfigurationFile
{
    private const int MaxBytes = 1 << 20;

    /// <summary>The file used when none is named: <c>$XDG_CONFIG_HOME/gander/gander.yaml</c>.</summary>
    public static string DefaultPath(IReadOnlyDictionary<string, string> environment)
    {
        var home = environment.TryGetValue("XDG_CONFIG_HOME", out var set) && Path.IsPathRooted(set)
            ? set
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config");
        return Path.Combine(home, "gander", "gander.yaml");
    }

    /// <summary>Adds the file's values; everything wrong in it is added to <paramref name="problems"/>.</summary>
    public static void Read(string file, List<Setting> settings, Dictionary<string, SettingValue> values, List<string> problems)
    {
        try
        {
            if (new FileInfo(file).Length > MaxBytes)
            {
                problems.Add($"{file}: the file is larger than {MaxBytes} bytes, which no configuration is.");
                return;
            }

            using var reader = new StreamReader(file);
            var yaml = new YamlStream();
            yaml.Load(reader);
            if (yaml.Documents.Count > 0)
            {
                ReadSection(file, "", yaml.Documents[0].RootNode, settings, values, problems);
            }
        }
        catch (YamlException e)
        {
            problems.Add($"{file}:{e.Start.Line}: this is not YAML: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add($"{file}: the configuration cannot be read: {e.Message}");
        }
    }

    private static void ReadSection(
        string file, string section, YamlNode node, List<Setting> settings, Dictionary<string, SettingValue> values, List<string> problems)
    {
        if (node is YamlScalarNode { Value: null or "" })
        {
            return;
        }

        if (node is not YamlMappingNode mapping)
        {
            problems.Add($"{Place(file, node)}: {(section.Length == 0 ? "the file" : section)} must hold lines of the form 'name: value'.");
            return;
        }

        var sections = settings.Select(setting => setting.Section.Name).Where(name => name.Length > 0).ToHashSet(StringComparer.Ordinal);
        foreach (var (keyNode, value) in mapping.Children)
        {
            var key = (keyNode as YamlScalarNode)?.Value ?? "";
            var path = section.Length == 0 ? key : $"{section}.{key}";
            if (section.Length == 0 && sections.Contains(key))
            {
                ReadSection(file, key, value, settings, values, problems);
            }
            else if (!settings.Exists(setting => setting.Path == path))
            {
                problems.Add($"{Place(file, keyNode)}: there is no setting '{path}'{Suggestion.For(path, settings.Select(known => known.Path).Concat(sections))}");
            }
            else if (Texts(value) is { } texts)
            {
                values[path] = new SettingValue(texts, Place(file, keyNode));
            }
            else
            {
                problems.Add($"{Place(file, keyNode)}: {path} must be a value or a list of values.");
            }
        }
    }

    private static List<string>? Texts(YamlNode node) => node switch
    {
        YamlScalarNode scalar => [scalar.Value ?? ""],
        YamlSequenceNode sequence when sequence.Children.All(child => child is YamlScalarNode) => [.. sequence.Children.Select(child => ((YamlScalarNode)child).Value ?? "")],
        _ => null,
    };

    private static string Place(string file, YamlNode node) => $"{file}:{node.Start.Line}";
}
