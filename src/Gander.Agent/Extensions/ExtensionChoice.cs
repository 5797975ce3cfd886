using Gander.Agent.Configuration;

namespace Gander.Agent.Extensions;

/// <summary>What a command line says about extensions.</summary>
/// <param name="Commands">MCP servers to start, each as <c>[name:]ENV=value command arguments</c>.</param>
/// <param name="Addresses">MCP servers over streamable HTTP.</param>
/// <param name="Builtins">Built-in extensions by name.</param>
/// <param name="HasNoProfile">Leave out what the configuration names, and what is there without it.</param>
public sealed record ExtensionChoice(IReadOnlyList<string> Commands, IReadOnlyList<string> Addresses, IReadOnlyList<string> Builtins, bool HasNoProfile)
{
    /// <summary>The name of the built-in extension with the agent's own tools, as goose calls it.</summary>
    public const string Developer = "developer";

    /// <summary>Nothing but the configuration.</summary>
    public static ExtensionChoice Default { get; } = new([], [], [], HasNoProfile: false);

    /// <summary>
    /// The extensions to start, by name, enabled ones alone. Those of the command line win over those of the configuration; <see cref="Developer"/> is there
    /// unless the configuration switches it off.
    /// </summary>
    /// <exception cref="AgentConfigurationException">One cannot be read.</exception>
    public IReadOnlyList<ExtensionSettings> Resolve(AgentConfiguration configuration)
    {
        var chosen = new Dictionary<string, ExtensionSettings>(StringComparer.Ordinal);
        if (!HasNoProfile)
        {
            Add(new ExtensionSettings(Developer, ExtensionKind.Builtin));
            foreach (var extension in configuration.Extensions())
            {
                Add(extension);
            }
        }

        foreach (var extension in Builtins.Select(name => new ExtensionSettings(name, ExtensionKind.Builtin)))
        {
            Add(extension);
        }

        // Two servers of the same command are two extensions.
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var extension in Commands.Select(ExtensionArguments.Command).Concat(Addresses.Select(ExtensionArguments.Address)))
        {
            var name = extension.Name;
            for (var number = 2; !named.Add(name); number++)
            {
                name = $"{extension.Name}{number}";
            }

            Add(extension with { Name = name });
        }

        return [.. chosen.Values.Where(extension => extension.Enabled)];

        void Add(ExtensionSettings extension) => chosen[extension.Name] = extension;
    }
}
