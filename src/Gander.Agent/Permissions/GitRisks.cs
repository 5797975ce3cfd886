using Gander.Agent.Permissions.Shell;

namespace Gander.Agent.Permissions;

/// <summary>What git does that cannot be undone: work thrown away here, history replaced elsewhere.</summary>
internal static class GitRisks
{
    // Options of git itself that take a word of their own.
    private static readonly string[] WithValue = ["-C", "-c", "--git-dir", "--work-tree", "--namespace", "--exec-path"];

    /// <summary>What the command does, or null.</summary>
    public static string? Of(ShellSimpleCommand git)
    {
        var command = Subcommand(git);
        return command.Name switch
        {
            "push" when command.Has("fd", "--force", "--force-with-lease", "--force-if-includes", "--mirror", "--delete", "--prune")
                || command.Operands.Any(word => word.Text.StartsWith('+') || word.Text.StartsWith(':')) => "replaces or deletes history that others have",
            "reset" when command.Has("", "--hard", "--merge") => "throws away changes that are not committed",
            "clean" when command.Has("f", "--force") => "deletes files that are not committed",
            "checkout" or "restore" or "switch" when command.Has("f", "--force", "--discard-changes") || IsAboutFiles(command) => "throws away changes that are not committed",
            "branch" or "tag" when command.Has(command.Name == "branch" ? "D" : "", command.Name == "branch" ? ["--delete-force"] : []) => "deletes what may be merged nowhere",
            "filter-branch" or "filter-repo" => "rewrites all of the history",
            "reflog" when command.Operands.Any(word => word.Text is "expire" or "delete") => "takes away the way back",
            "stash" when command.Operands.Any(word => word.Text is "drop" or "clear") => "throws away stashed changes",
            "update-ref" when command.Has("d") => "deletes a reference",
            "config" when command.Has("", "--global", "--system") && command.Operands.Count() > 1 => "changes git's settings for everything",
            "worktree" when command.Operands.Any(word => word.Text == "remove") && command.Has("f", "--force") => "throws away changes that are not committed",
            _ => null,
        };
    }

    /// <summary>The command with its own name first: <c>git -C x push -f</c> becomes <c>push -f</c>.</summary>
    public static ShellSimpleCommand Subcommand(ShellSimpleCommand git)
    {
        var at = 1;
        while (at < git.Words.Count && git.Words[at].Text.StartsWith('-'))
        {
            at += WithValue.Contains(git.Words[at].Text, StringComparer.Ordinal) ? 2 : 1;
        }

        return git.Without(Math.Min(at, git.Words.Count));
    }

    private static bool IsAboutFiles(ShellSimpleCommand command) =>
        (command.Name == "restore" && !command.Has("S", "--staged"))
        || (command.Name == "checkout" && command.Arguments.Any(argument => argument is "--" or "."));
}
