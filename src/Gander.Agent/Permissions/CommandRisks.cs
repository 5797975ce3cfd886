using System.Text.RegularExpressions;
using Gander.Agent.Permissions.Shell;

namespace Gander.Agent.Permissions;

/// <summary>
/// Finds out what a command line would do that a person should know of before: what cannot be undone, leaves the machine, or runs with more
/// rights. It reads what is written and not what a script in it does: a belt, not a sandbox.
/// </summary>
internal static partial class CommandRisks
{
    private static readonly string[] Shells = ["sh", "bash", "dash", "zsh", "ksh", "fish", "ash"];
    private static readonly string[] Interpreters = ["python", "python3", "perl", "ruby", "node", "php", "lua", "pwsh"];
    private static readonly string[] Downloaders = ["curl", "wget", "fetch", "http", "https", "aria2c"];

    private static readonly Dictionary<string, string> Programs = new(StringComparer.Ordinal)
    {
        ["sudo"] = Elevates, ["doas"] = Elevates, ["su"] = Elevates, ["pkexec"] = Elevates, ["run0"] = Elevates,
        ["dd"] = "copies raw data over files or devices", ["shred"] = "destroys files", ["wipefs"] = Disks, ["fdisk"] = Disks, ["sfdisk"] = Disks, ["gdisk"] = Disks,
        ["sgdisk"] = Disks, ["parted"] = Disks, ["mkswap"] = Disks, ["blkdiscard"] = Disks, ["cryptsetup"] = Disks, ["mount"] = Disks, ["umount"] = Disks,
        ["shutdown"] = Stops, ["reboot"] = Stops, ["halt"] = Stops, ["poweroff"] = Stops, ["telinit"] = Stops,
        ["killall"] = "ends processes by their names", ["pkill"] = "ends processes by their names",
        ["useradd"] = System, ["userdel"] = System, ["usermod"] = System, ["groupadd"] = System, ["passwd"] = System, ["chpasswd"] = System, ["visudo"] = System, ["iptables"] = System,
        ["nft"] = System, ["ufw"] = System, ["insmod"] = System, ["rmmod"] = System, ["modprobe"] = System, ["sysctl"] = System, ["at"] = "runs something later",
    };

    private const string Elevates = "runs as another user";
    private const string Disks = "changes disks";
    private const string Stops = "stops the machine";
    private const string System = "changes the system";

    /// <summary>What to tell the person about a command line; empty where nothing is dangerous.</summary>
    public static IReadOnlyList<string> Of(string text, ShellCommandLine line)
    {
        var risks = new List<string>();
        if (!line.IsWhole)
        {
            risks.Add("The command line could not be read to its end.");
        }

        if (ForkBomb().IsMatch(text))
        {
            risks.Add("A function that starts itself again and again takes the machine down.");
        }

        risks.AddRange(line.All().SelectMany(CommandWrappers.Unwrap).Select(Of).OfType<string>());
        return [.. risks.Distinct(StringComparer.Ordinal)];
    }

    private static string? Of(ShellSimpleCommand command)
    {
        if (command.Redirects.Where(redirect => redirect.Writes).Select(redirect => redirect.Target.Text).FirstOrDefault(IsDevice) is { } device)
        {
            return $"It writes to the device {device}.";
        }

        if (command.Words is [{ IsComputed: true }, ..] && command.Has("rR", "--recursive") && command.Has("f", "--force"))
        {
            return "What it runs is only known when it runs, and -rf deletes folders.";
        }

        var name = command.Name;
        var why = Programs.TryGetValue(name, out var known) ? known
            : name.StartsWith("mkfs", StringComparison.Ordinal) ? Disks
            : RunsText(command) ? "runs text that another command or a variable gives"
            : OfFiles(name, command) ?? OfPublishing(name, command) ?? OfServices(name, command);
        return why is null ? null : $"{name} {why}.";
    }

    private static string? OfFiles(string name, ShellSimpleCommand command) => name switch
    {
        "rm" when command.Has("rR", "--recursive") => "deletes folders with all that is in them",
        "chmod" or "chown" or "chgrp" when command.Has("R", "--recursive") => "changes the rights of whole folders",
        "chmod" when command.Operands.FirstOrDefault() is { } mode && SetsIdentity(mode.Text) => "lets a program run as another user",
        "setfacl" when command.Has("R", "--recursive") => "changes the rights of whole folders",
        "find" when command.Arguments.Any(argument => argument is "-delete") => "deletes all that it finds",
        "rsync" when command.Arguments.Any(argument => argument.StartsWith("--delete", StringComparison.Ordinal)) => "deletes files that the source does not have",
        "tee" or "cp" or "mv" or "ln" or "truncate" or "install" when command.Operands.Select(word => word.Text).FirstOrDefault(IsDevice) is { } device && (name == "tee" || command.Operands.Last().Text == device) => $"writes to the device {device}",
        "git" => GitRisks.Of(command),
        "kill" when command.Operands.Any(word => word.Text == "-1") || command.Arguments.LastOrDefault() == "-1" => "ends all processes",
        _ => null,
    };

    private static string? OfPublishing(string name, ShellSimpleCommand command) => (name, Second(command)) switch
    {
        ("npm" or "pnpm" or "yarn" or "cargo" or "poetry" or "uv", "publish") => "publishes a package",
        ("npm", "unpublish" or "deprecate") => "takes a package back",
        ("twine", "upload") or ("gem", "push") => "publishes a package",
        ("dotnet" or "nuget", "nuget" or "push") when command.Arguments.Contains("push", StringComparer.Ordinal) => "publishes a package",
        ("docker" or "podman", "push") => "publishes an image",
        ("gh", "release" or "repo" or "api" or "secret") when command.Arguments.Any(argument => argument is "create" or "delete" or "edit" or "upload" or "set" or "-X" or "--method") => "changes something on the forge",
        ("terraform" or "tofu", "apply" or "destroy") or ("kubectl", "delete" or "apply" or "drain" or "scale") or ("helm", "install" or "upgrade" or "uninstall" or "delete") => "changes what is deployed",
        _ => null,
    };

    private static string? OfServices(string name, ShellSimpleCommand command) => name switch
    {
        "systemctl" or "service" when command.Arguments.Any(argument => argument is "start" or "stop" or "restart" or "enable" or "disable" or "mask" or "poweroff" or "reboot" or "kill") => "starts or stops services",
        "crontab" when !command.Has("l") => "runs something later",
        "docker" or "podman" when command.Arguments.Any(argument => argument is "--privileged" or "prune") => Second(command) == "run" ? "runs a container that may do anything to the machine" : "deletes what containers keep",
        "apt" or "apt-get" or "dnf" or "yum" or "pacman" or "zypper" or "apk" when command.Arguments.Any(argument => argument is "install" or "remove" or "purge" or "upgrade" or "dist-upgrade" or "autoremove" or "add" or "del" or "-S" or "-R") => "changes the system's packages",
        _ => null,
    };

    // sh, python and their like read a program from their input when they get neither a script nor a text to run.
    private static bool RunsText(ShellSimpleCommand command)
    {
        var name = command.Name;
        if (name is "eval" or "source" or ".")
        {
            return command.Words.Skip(1).Any(word => word.Inner.Any(Downloads) || (name == "eval" && word.Inner.Count > 0));
        }

        var isShell = Shells.Contains(name, StringComparer.Ordinal);
        if (!isShell && !Interpreters.Contains(name, StringComparer.Ordinal))
        {
            return false;
        }

        if (command.Words.Skip(1).Any(word => word.Inner.Any(Downloads)))
        {
            return true;
        }

        var isGiven = command.IsPiped || (isShell && command.Redirects.Any(redirect => redirect.Operator.StartsWith('<')));
        var hasProgram = command.Has(isShell ? "c" : "cemr", "--eval", "--version", "--help", "--command") || command.Operands.Any(word => word.Text != "-");
        return isGiven && (!hasProgram || (isShell && command.Has("s")));
    }

    private static bool Downloads(ShellCommandLine line) => line.All().SelectMany(CommandWrappers.Unwrap).Any(command => Downloaders.Contains(command.Name, StringComparer.Ordinal));

    private static bool IsDevice(string path) =>
        path.StartsWith("/dev/", StringComparison.Ordinal)
        && path is not ("/dev/null" or "/dev/stdout" or "/dev/stderr" or "/dev/stdin" or "/dev/tty" or "/dev/zero" or "/dev/full")
        && !path.StartsWith("/dev/fd/", StringComparison.Ordinal)
        && !path.StartsWith("/dev/shm/", StringComparison.Ordinal);

    private static bool SetsIdentity(string mode) =>
        (mode.Contains('+', StringComparison.Ordinal) && mode.Contains('s', StringComparison.Ordinal)) || (mode.Length == 4 && mode[0] is '2' or '4' or '6');

    private static string? Second(ShellSimpleCommand command) => command.Operands.FirstOrDefault()?.Text;

    [GeneratedRegex(@"([\w:]+)\s*\(\s*\)\s*\{[^}]*?\1\s*\|\s*\1", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex ForkBomb();
}
