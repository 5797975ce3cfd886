using System.CommandLine;
using Gander.Hosting.Configuration;

namespace Gander.Commands;

/// <summary>The flags that override settings, and how a command gets its settings.</summary>
internal sealed class SettingFlags
{
    private readonly Option<FileInfo?> _config = new("--config") { Description = "The configuration file (default: $XDG_CONFIG_HOME/gander/gander.yaml)", HelpName = "FILE" };
    private readonly Option<string?> _data = new("--data") { Description = "The data folder (default: $XDG_DATA_HOME/gander)", HelpName = "DIR" };
    private readonly Option<string[]> _set = new("--set") { Description = "Any setting of docs/configuration.md, such as --set keepAliveSeconds=300", HelpName = "NAME=VALUE" };
    private readonly List<(Option Option, string Path)> _others = [];

    /// <summary>Adds the flags every command with settings has.</summary>
    public SettingFlags(Command command)
    {
        command.Add(_config);
        command.Add(_data);
        command.Add(_set);
        _others.Add((_data, "data"));
    }

    /// <summary>Adds a flag of its own for one setting.</summary>
    public void Add(Command command, Option option, string path)
    {
        command.Add(option);
        _others.Add((option, path));
    }

    /// <summary>Settings from all sources, and stronger than all of them <paramref name="fixedSettings"/>.</summary>
    /// <exception cref="ConfigurationException">Something in them is wrong.</exception>
    public Settings Load(ParseResult parsed, Terminal terminal, IReadOnlyDictionary<string, string>? fixedSettings = null)
    {
        var flags = new Dictionary<string, SettingValue>(StringComparer.Ordinal);
        foreach (var assignment in parsed.GetValue(_set) ?? [])
        {
            var equals = assignment.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw new ConfigurationException($"--set {assignment}: write it as --set NAME=VALUE.");
            }

            flags[assignment[..equals]] = new SettingValue([assignment[(equals + 1)..]], "--set");
        }

        foreach (var (option, path) in _others)
        {
            if (parsed.GetResult(option) is { Implicit: false } given)
            {
                // A flag without a value, such as --read-only, means true.
                flags[path] = new SettingValue([given.Tokens.Count == 0 ? "true" : given.Tokens[^1].Value], option.Name);
            }
        }

        foreach (var (path, value) in fixedSettings ?? new Dictionary<string, string>())
        {
            flags[path] = new SettingValue([value], "this command");
        }

        var named = parsed.GetValue(_config)?.FullName ?? (terminal.Environment.TryGetValue("GANDER_CONFIG", out var variable) && variable.Length > 0 ? variable : null);
        return Settings.Load(
            OptionsCatalogue.All, named ?? ConfigurationFile.DefaultPath(terminal.Environment), named is not null, terminal.Environment, flags);
    }
}
