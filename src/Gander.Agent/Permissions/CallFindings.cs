using System.Text.Json;
using Gander.Agent.Loop;
using Gander.Agent.Permissions.Shell;
using Gander.Agent.Tools;

namespace Gander.Agent.Permissions;

/// <summary>What is known of a call before it is made.</summary>
/// <param name="Reasons">Why a person should be asked in every mode.</param>
/// <param name="IsReadOnly">Whether it changes nothing.</param>
/// <param name="IsAllowed">Whether the configuration allows exactly this.</param>
/// <param name="Key">What an answer for the rest of the session is remembered by.</param>
/// <param name="AlwaysMeans">The same in words.</param>
/// <param name="Remedy">What to write into the configuration to allow it.</param>
internal sealed record CallFindings(IReadOnlyList<string> Reasons, bool IsReadOnly, bool IsAllowed, string Key, string AlwaysMeans, string? Remedy)
{
    // Streams; real devices are a risk of their own.
    private const string Devices = "/dev";

    private static readonly string[] ScratchFolders = [WorkFolder.RealPath(Path.GetTempPath()).TrimEnd('/'), "/tmp", "/var/tmp"];

    /// <summary>Looks at a call.</summary>
    public static CallFindings Of(ToolRequest request, PermissionRules rules)
    {
        var folder = new WorkFolder(request.WorkingDirectory);
        return request.Tool switch
        {
            ShellTool => OfShell(Text(request, "command") ?? "", folder, rules),
            BuiltInTool tool => OfFile(tool, Text(request, "path") is { Length: > 0 } path && !path.Contains('\0', StringComparison.Ordinal) ? path : ".", folder, rules),
            var other => new CallFindings([], ToolNature.IsReadOnly(other), IsAllowed: false, other.Name, $"all calls of {other.Name}", Remedy: null),
        };
    }

    private static CallFindings OfShell(string command, WorkFolder folder, PermissionRules rules)
    {
        var line = ShellReader.Read(command);
        var reasons = new List<string>(CommandRisks.Of(command, line));
        reasons.AddRange(new CommandPaths(folder).Written(line).Select(path => WhyNotToWrite(path, folder, rules)).OfType<string>());
        reasons.AddRange(CommandPaths.Mentioned(line, folder).Where(ProtectedPaths.IsSecret).Where(path => !folder.Contains(path) && !rules.AllowsPath(WorkFolder.RealPath(path), folder))
            .Select(path => $"{path} is a place for secrets."));
        return new CallFindings(
            [.. reasons.Distinct(StringComparer.Ordinal)],
            ReadOnlyCommands.AreAll(line),
            rules.AllowsCommand(command, line),
            $"shell {command}",
            "this very command",
            "Allow the command line with allow_commands in agent.yaml, or the place with allow_paths.");
    }

    private static string? WhyNotToWrite(string path, WorkFolder folder, PermissionRules rules)
    {
        if (WorkFolder.IsWithin(path, Devices))
        {
            return null;
        }

        var real = WorkFolder.RealPath(path);
        return rules.AllowsPath(real, folder) ? null
            : ProtectedPaths.WhyNotToWrite(real)
                ?? (folder.Contains(path) || IsScratch(real, folder) ? null : $"It changes {path}, which is outside of the working directory.");
    }

    private static CallFindings OfFile(BuiltInTool tool, string path, WorkFolder folder, PermissionRules rules)
    {
        var full = folder.Resolve(path);
        var real = WorkFolder.RealPath(full);
        var isReadOnly = ToolNature.IsReadOnly(tool);
        var isAllowed = rules.AllowsPath(real, folder);
        var reasons = new List<string>();
        if (!isAllowed && !folder.Contains(full))
        {
            reasons.Add(real == full ? $"{full} is outside of the working directory." : $"{full} leads to {real}, which is outside of the working directory.");
        }

        if (!isAllowed && !isReadOnly && ProtectedPaths.WhyNotToWrite(real) is { } why)
        {
            reasons.Add(why);
        }

        // Outside, an answer is about the folder; inside, about the tool.
        return reasons.Count == 0
            ? new CallFindings([], isReadOnly, IsAllowed: false, tool.Name, $"all calls of {tool.Name} in the working directory", Remedy: null)
            : new CallFindings(reasons, isReadOnly, IsAllowed: false, $"{tool.Name} {real}", $"{tool.Name} for this path", "Allow the place with allow_paths in agent.yaml.");
    }

    // Commands keep logs and the like in the temporary folder. Who works in there himself means something else by going out of his own.
    private static bool IsScratch(string path, WorkFolder folder) =>
        ScratchFolders.Any(place => WorkFolder.IsWithin(path, place) && !WorkFolder.IsWithin(WorkFolder.RealPath(folder.FullPath), place));

    private static string? Text(ToolRequest request, string name) => request.Arguments.GetValueOrDefault(name) switch
    {
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } text => text.GetString(),
        _ => null,
    };
}
