using Gander.Agent.Permissions.Shell;

namespace Gander.Agent.Permissions;

/// <summary>Knows command lines that only look. One it does not know counts as one that may change something.</summary>
internal static class ReadOnlyCommands
{
    private static readonly string[] Programs =
    [
        "ls", "cat", "head", "tail", "wc", "grep", "egrep", "fgrep", "rg", "pwd", "echo", "printf", "which", "type", "stat", "du", "df", "whoami", "id", "uname", "hostname",
        "uniq", "cut", "tr", "diff", "cmp", "comm", "jq", "sha256sum", "sha1sum", "md5sum", "cksum", "basename", "dirname", "realpath", "readlink", "test", "[", "true", "false",
        "sleep", "seq", "nl", "od", "strings", "file", "sort", "date", "tree", "find", "fd", "cd", "column", "fold", "rev", "tac", "expr", "ps", "uptime", "free", "nproc", "arch",
    ];

    private static readonly string[] GitCommands =
        ["status", "log", "diff", "show", "rev-parse", "rev-list", "ls-files", "ls-tree", "blame", "describe", "shortlog", "cat-file", "grep", "merge-base", "name-rev", "check-ignore", "version"];

    // Options by which one of these programs runs or writes something after all.
    private static readonly string[] Changing =
        ["-delete", "-exec", "-execdir", "-ok", "-okdir", "-fprint", "-fprint0", "-fprintf", "-fls", "--output", "-o", "--pre", "--exec", "--exec-batch", "-x", "-X", "-s", "--set", "--compile", "-C", "--ext-diff", "--textconv", "--open-files-in-pager", "-O"];

    /// <summary>Whether the command line changes nothing.</summary>
    public static bool AreAll(ShellCommandLine line) => line.IsWhole && line.All().All(IsOne);

    private static bool IsOne(ShellSimpleCommand command)
    {
        if (command.Redirects.Any(redirect => redirect.Writes && redirect.Target is not { IsComputed: false, Text: "/dev/null" }))
        {
            return false;
        }

        // A word that computes something for a variable has no program; what it runs is looked at by itself.
        if (command.Words is [{ Text: "", IsComputed: true, Inner.Count: > 0 }])
        {
            return true;
        }

        if (command.Name == "git")
        {
            return command.Words is [_, { IsComputed: false } first, ..] && GitCommands.Contains(first.Text, StringComparer.Ordinal) && !HasChanging(command.Without(1));
        }

        return (Programs.Contains(command.Name, StringComparer.Ordinal) && !HasChanging(command))
            || (command.Words is [{ IsComputed: false }, { Text: "--version" or "--help" }]);
    }

    private static bool HasChanging(ShellSimpleCommand command) => command.Arguments.Any(argument => Changing.Any(option => Names(argument, option, command.Name)));

    // -s means silent to grep and -C context, but they mean to set and to compile elsewhere.
    private static bool Names(string argument, string option, string program) => option switch
    {
        "-s" => program is "date" or "file" && argument == option,
        "-C" => program is "file" && argument == option,
        "-x" or "-X" => program is "fd" && argument == option,
        "-o" => program is "sort" or "tree" or "jq" or "find" && program != "find" && argument.StartsWith(option, StringComparison.Ordinal),
        "-O" => program is "grep" && argument.StartsWith(option, StringComparison.Ordinal),
        _ => argument == option || argument.StartsWith(option + "=", StringComparison.Ordinal),
    };
}
