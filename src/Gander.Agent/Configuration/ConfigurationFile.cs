using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Gander.Agent.Configuration;

/// <summary>One YAML file of settings; a file that does not exist is empty.</summary>
internal sealed class ConfigurationFile
{
    private const int MaxBytes = 1 << 20;
    private readonly Dictionary<string, YamlNode> _settings = new(StringComparer.Ordinal);

    private ConfigurationFile(string path, bool isOwn) => (Path, IsOwn) = (path, isOwn);

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>It is the agent's own, where names may be short; otherwise goose's.</summary>
    public bool IsOwn { get; }

    public static ConfigurationFile Load(string path, bool isOwn)
    {
        var file = new ConfigurationFile(path, isOwn);
        var info = new FileInfo(path);
        if (!info.Exists)
        {
            return file;
        }

        if (info.Length > MaxBytes)
        {
            throw new AgentConfigurationException($"{path} is larger than {MaxBytes} bytes, which is no configuration.");
        }

        file.Read(info);
        return file;
    }

    /// <summary>The setting, by its full name such as <c>GOOSE_MODE</c>; in an own file <c>mode</c> is the same.</summary>
    public YamlNode? Find(string name) => _settings.GetValueOrDefault(Key(name, IsOwn));

    private void Read(FileInfo info)
    {
        try
        {
            var stream = new YamlStream();
            using (var reader = info.OpenText())
            {
                stream.Load(reader);
            }

            if (stream.Documents.Count == 0 || stream.Documents[0].RootNode is not YamlMappingNode root)
            {
                return;
            }

            foreach (var (key, value) in root.Children)
            {
                _settings[Key(key is YamlScalarNode { Value: { } name } ? name : "", IsOwn)] = value;
            }
        }
        catch (YamlException e)
        {
            throw new AgentConfigurationException($"{Path}, line {e.Start.Line}: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AgentConfigurationException($"{Path} cannot be read: {e.Message}", e);
        }
    }

    // max_turns, maxTurns and GOOSE_MAX_TURNS are one name in an own file.
    private static string Key(string name, bool isOwn)
    {
        var plain = name.ToUpperInvariant();
        if (!isOwn)
        {
            return plain;
        }

        plain = plain.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        foreach (var prefix in (ReadOnlySpan<string>)["GANDERAGENT", "GOOSE"])
        {
            if (plain.StartsWith(prefix, StringComparison.Ordinal) && plain.Length > prefix.Length)
            {
                return plain[prefix.Length..];
            }
        }

        return plain;
    }
}
