using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Gander.Agent.Configuration;

/// <summary>Reads <c>extensions</c> as goose writes it: a mapping of names to entries with a <c>type</c>.</summary>
internal static class ExtensionEntries
{
    private const int MaxExtensions = 128;

    public static IEnumerable<ExtensionSettings> Read(YamlNode? node, AgentConfiguration configuration, string path) =>
        node is not YamlMappingNode entries
            ? []
            : entries.Children.Take(MaxExtensions).Select(entry => Read(entry.Key.Text() ?? "", entry.Value, configuration, path)).OfType<ExtensionSettings>();

    private static ExtensionSettings? Read(string key, YamlNode entry, AgentConfiguration configuration, string path)
    {
        var type = entry.At("type").Text() ?? "";
        ExtensionKind? kind = type switch
        {
            "builtin" or "platform" => ExtensionKind.Builtin,
            "stdio" => ExtensionKind.Stdio,
            "streamable_http" => ExtensionKind.StreamableHttp,
            _ => null,
        };
        var enabled = entry.At("enabled").Text() is not { } text || string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);
        if (kind is null)
        {
            // Kinds that only goose knows, such as its app's own, are no mistake of the person's.
            return null;
        }

        var extension = new ExtensionSettings(entry.At("name").Text() ?? key, kind.Value)
        {
            Enabled = enabled,
            Timeout = int.TryParse(entry.At("timeout").Text(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var seconds) && seconds > 0 ? TimeSpan.FromSeconds(seconds) : null,
            AvailableTools = entry.At("available_tools").Texts(),
        };
        return !enabled ? extension : kind switch
        {
            ExtensionKind.Stdio => extension with
            {
                Command = entry.At("cmd").Text() ?? throw Lacks(path, key, "cmd", "npx"),
                Arguments = entry.At("args").Texts(),
                Environment = Variables(entry, configuration),
            },
            ExtensionKind.StreamableHttp => extension with
            {
                Address = Uri.TryCreate(entry.At("uri").Text(), UriKind.Absolute, out var address) ? address : throw Lacks(path, key, "uri", "http://127.0.0.1:8080/mcp"),
                Headers = entry.At("headers").Pairs(),
            },
            _ => extension,
        };
    }

    // env_keys names secrets that stand elsewhere.
    private static Dictionary<string, string> Variables(YamlNode entry, AgentConfiguration configuration)
    {
        var variables = entry.At("envs").Pairs();
        foreach (var name in entry.At("env_keys").Texts())
        {
            if (configuration.Secret(name) is { } secret)
            {
                variables[name] = secret;
            }
        }

        return variables;
    }

    private static AgentConfigurationException Lacks(string path, string key, string name, string example) =>
        new($"{path}: the extension '{key}' needs a line such as{Environment.NewLine}    {name}: {example}");
}
