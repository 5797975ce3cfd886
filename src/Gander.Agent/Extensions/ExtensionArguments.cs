using System.Text.RegularExpressions;
using Gander.Agent.Configuration;

namespace Gander.Agent.Extensions;

/// <summary>Reads extensions as they stand on a command line.</summary>
internal static partial class ExtensionArguments
{
    private static readonly string[] Runners = ["npx", "uvx", "pipx", "bunx", "npm", "uv", "docker", "node", "python", "python3", "deno", "bun", "sh", "bash", "env", "run", "exec", "tool", "dlx", "pnpm", "yarn", "dotnet", "java"];

    /// <summary><c>[name:]ENV=value command arguments</c>, in words as a shell has them. Without a name it is called after what it runs.</summary>
    /// <exception cref="AgentConfigurationException">There is no command, or a quote is not closed.</exception>
    public static ExtensionSettings Command(string text)
    {
        var named = Name().Match(text);
        var words = CommandWords.Split(named.Success ? text[named.Length..] : text);
        var variables = words.TakeWhile(word => Variable().IsMatch(word)).Select(word => word.Split('=', 2)).ToList();
        if (variables.Count == words.Count)
        {
            throw new AgentConfigurationException($"The extension '{text}' has no command. Write it as --with-extension 'name:VARIABLE=value command arguments'.");
        }

        var command = words.Skip(variables.Count).ToList();
        return new ExtensionSettings(named.Success ? named.Groups["name"].Value : NameOf(command), ExtensionKind.Stdio)
        {
            Command = command[0],
            Arguments = command[1..],
            Environment = variables.GroupBy(pair => pair[0], StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last()[1], StringComparer.Ordinal),
        };
    }

    /// <summary>The address of a server over streamable HTTP; it is called after its host.</summary>
    /// <exception cref="AgentConfigurationException">It is no address.</exception>
    public static ExtensionSettings Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? new ExtensionSettings(Plain(address.IsDefaultPort ? address.Host : $"{address.Host}_{address.Port}"), ExtensionKind.StreamableHttp) { Address = address }
            : throw new AgentConfigurationException($"'{text}' is no address of an extension. Write it as --with-streamable-http-extension http://127.0.0.1:8080/mcp.");

    // npx -y @scope/server-files@1 is about server-files, and node tools/kv-server.mjs about kv-server.
    private static string NameOf(List<string> command)
    {
        var subject = command.FirstOrDefault(word => !word.StartsWith('-') && !Runners.Contains(Path.GetFileName(word), StringComparer.Ordinal)) ?? command[0];
        var name = subject[(subject.LastIndexOf('/') + 1)..];
        name = name.IndexOf('@', 1) is > 0 and var version ? name[..version] : name;
        return Plain(Path.GetFileNameWithoutExtension(name) is { Length: > 0 } stem ? stem : name);
    }

    private static string Plain(string name) => OtherThanNames().Replace(name, "_").Trim('_') is { Length: > 0 } plain ? plain : "extension";

    // A name is followed by a colon that is part of no address and no drive.
    [GeneratedRegex(@"^\s*(?<name>[A-Za-z_][A-Za-z0-9_-]*):(?!//|\\)\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*=", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();

    [GeneratedRegex("[^A-Za-z0-9_-]+", RegexOptions.CultureInvariant)]
    private static partial Regex OtherThanNames();
}
