using Gander.Agent.Configuration;
using Gander.Agent.Permissions.Shell;
using Gander.Agent.Tools;
using Gander.Agent.Tools.Ignore;

namespace Gander.Agent.Permissions;

/// <summary>What the configuration allows and forbids beforehand. In patterns <c>*</c> stands for anything.</summary>
/// <param name="AllowedTools">Tools that are never asked about, such as <c>read</c> or <c>filesystem__*</c>; what is dangerous still is.</param>
/// <param name="DeniedTools">Tools that are never called.</param>
/// <param name="AllowedCommands">Whole command lines that are never asked about, dangerous or not, such as <c>rm -rf build</c>, <c>git push --force origin wip/*</c>.</param>
/// <param name="AllowedPaths">Folders and files outside of the working directory that may be used like it.</param>
public sealed record PermissionRules(
    IReadOnlyList<string> AllowedTools,
    IReadOnlyList<string> DeniedTools,
    IReadOnlyList<string> AllowedCommands,
    IReadOnlyList<string> AllowedPaths)
{
    /// <summary>No rules.</summary>
    public static PermissionRules None { get; } = new([], [], [], []);

    /// <summary>The rules of the settings <c>allow_tools</c>, <c>deny_tools</c>, <c>allow_commands</c>, <c>allow_paths</c> of <c>agent.yaml</c>, or <c>GANDER_AGENT_ALLOW_TOOLS</c> and so on.</summary>
    public static PermissionRules From(AgentConfiguration configuration) => new(
        configuration.List("GANDER_AGENT_ALLOW_TOOLS"),
        configuration.List("GANDER_AGENT_DENY_TOOLS"),
        configuration.List("GANDER_AGENT_ALLOW_COMMANDS"),
        configuration.List("GANDER_AGENT_ALLOW_PATHS"));

    internal bool AllowsTool(string name) => Matches(AllowedTools, name);

    internal bool DeniesTool(string name) => Matches(DeniedTools, name);

    /// <summary>Whether a command line is allowed as it is written. A <c>*</c> covers the words of one command and never a second one behind it.</summary>
    internal bool AllowsCommand(string text, ShellCommandLine line)
    {
        var isOne = line.IsWhole && line.All().Count() == 1 && !line.Commands[0].Redirects.Any(redirect => redirect.Writes);
        return AllowedCommands.Any(pattern => string.Equals(pattern.Trim(), text.Trim(), StringComparison.Ordinal)) || (isOne && Matches(AllowedCommands, text.Trim()));
    }

    /// <summary>Whether an absolute path whose links are followed lies in what is allowed.</summary>
    internal bool AllowsPath(string realPath, WorkFolder folder) =>
        AllowedPaths.Any(allowed => WorkFolder.IsWithin(realPath, WorkFolder.RealPath(folder.Resolve(allowed))));

    private static bool Matches(IReadOnlyList<string> patterns, string text) => patterns.Any(pattern => new SegmentPattern(pattern.Trim()).Matches(text));
}
