using Gander.Agent.Permissions.Shell;

namespace Gander.Agent.Permissions;

/// <summary>Finds the commands that other commands run: <c>env X=1 timeout 5 rm -rf x</c>, <c>sh -c "..."</c>, <c>xargs rm</c>, <c>find -exec rm</c>.</summary>
internal static class CommandWrappers
{
    private const int MaxDepth = 8;

    private static readonly string[] Plain = ["env", "nohup", "nice", "ionice", "time", "timeout", "command", "builtin", "exec", "setsid", "stdbuf", "chronic", "xargs", "parallel", "watch", "strace", "unshare", "chroot", "flock", "doas", "sudo"];
    private static readonly string[] Shells = ["sh", "bash", "dash", "zsh", "ksh", "ash", "su"];

    // Options of these programs that take a word of their own.
    private static readonly string[] WithValue =
        ["-u", "-n", "-k", "-s", "-C", "-S", "-i", "-o", "-e", "-I", "-L", "-P", "-d", "-E", "-a", "-c", "-p", "-t", "-w", "-g", "-h", "--signal", "--kill-after", "--user", "--chdir", "--unset", "--max-args", "--replace", "--delimiter"];

    /// <summary>The command and all that it runs, as far as it is written there.</summary>
    public static IEnumerable<ShellSimpleCommand> Unwrap(ShellSimpleCommand command) => Unwrap(command, 0);

    private static IEnumerable<ShellSimpleCommand> Unwrap(ShellSimpleCommand command, int depth)
    {
        yield return command;
        if (depth >= MaxDepth)
        {
            yield break;
        }

        foreach (var inner in Inner(command).SelectMany(inner => Unwrap(inner, depth + 1)))
        {
            yield return inner;
        }
    }

    private static IEnumerable<ShellSimpleCommand> Inner(ShellSimpleCommand command)
    {
        var name = command.Name;
        if (Shells.Contains(name, StringComparer.Ordinal))
        {
            return TextOption(command) is { } text ? ShellReader.Read(text).All() : [];
        }

        if (name == "eval")
        {
            return ShellReader.Read(string.Join(' ', command.Arguments)).All();
        }

        if (name == "find")
        {
            return command.Words.Select((word, index) => (word.Text, index))
                .Where(word => word.Text is "-exec" or "-execdir" or "-ok" or "-okdir")
                .Select(word => command.Without(word.index + 1));
        }

        return Plain.Contains(name, StringComparer.Ordinal) ? [WithoutWrapper(command)] : [];
    }

    private static string? TextOption(ShellSimpleCommand shell)
    {
        for (var i = 1; i + 1 < shell.Words.Count; i++)
        {
            var text = shell.Words[i].Text;
            if (text.StartsWith('-') && !text.StartsWith("--", StringComparison.Ordinal) && text.Contains('c', StringComparison.Ordinal))
            {
                return shell.Words[i + 1].Text;
            }
        }

        return null;
    }

    private static ShellSimpleCommand WithoutWrapper(ShellSimpleCommand command)
    {
        var takesNumber = command.Name is "timeout";
        var at = 1;
        while (at < command.Words.Count)
        {
            var text = command.Words[at].Text;
            if (text.StartsWith('-') && text != "-")
            {
                at += WithValue.Contains(text, StringComparer.Ordinal) && !(command.Name == "xargs" && text is "-i" or "-t" or "-p") ? 2 : 1;
            }
            else if (text.Contains('=', StringComparison.Ordinal) && command.Name is "env" or "sudo" or "doas" && !text.StartsWith('/'))
            {
                at++;
            }
            else if (takesNumber || (command.Name is "flock" or "chroot" && at == 1))
            {
                takesNumber = false;
                at++;
            }
            else
            {
                break;
            }
        }

        return command.Without(Math.Min(at, command.Words.Count));
    }
}
