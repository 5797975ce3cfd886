using Gander.Agent.Permissions.Shell;
using Gander.Agent.Tools;

namespace Gander.Agent.Permissions;

/// <summary>Finds the files that a command line names to change them, following <c>cd</c>. Words that the shell computes are not known and left out.</summary>
internal sealed class CommandPaths(WorkFolder folder)
{
    private static readonly string[] ChangeAll = ["rm", "rmdir", "unlink", "touch", "mkdir", "tee", "truncate", "shred", "chmod", "chown", "chgrp", "mkfifo", "mv"];
    private static readonly string[] ChangeLast = ["cp", "ln", "install", "rsync", "scp"];
    private static readonly string[] TakeFirst = ["chmod", "chown", "chgrp"];

    private string? _current = folder.FullPath;

    /// <summary>Absolute paths of the files, in order.</summary>
    public IReadOnlyList<string> Written(ShellCommandLine line) =>
        [.. line.Commands.SelectMany(command => CommandWrappers.Unwrap(command)).SelectMany(Written).Distinct(StringComparer.Ordinal)];

    /// <summary>Absolute paths of all words that could be files.</summary>
    public static IEnumerable<string> Mentioned(ShellCommandLine line, WorkFolder folder) =>
        from command in line.All()
        from word in command.Words.Skip(1).Concat(command.Redirects.Select(redirect => redirect.Target))
        let text = word.Text[(word.Text.IndexOf('=', StringComparison.Ordinal) + 1)..].TrimStart('@')
        where text.Length > 0 && !text.StartsWith('-') && !text.Contains('\0', StringComparison.Ordinal)
        select folder.Resolve(text);

    private IEnumerable<string> Written(ShellSimpleCommand command)
    {
        var words = command.Redirects.Where(redirect => redirect.Writes).Select(redirect => redirect.Target).Concat(Targets(command)).ToList();
        var paths = words.Where(word => word is { IsComputed: false, Text.Length: > 0 }).Select(word => Resolve(word.Text)).OfType<string>().ToList();
        Follow(command);
        return paths;
    }

    private static IEnumerable<ShellWord> Targets(ShellSimpleCommand command)
    {
        var name = command.Name;
        var operands = command.Operands.ToList();
        return name switch
        {
            _ when ChangeAll.Contains(name, StringComparer.Ordinal) => operands.Skip(TakeFirst.Contains(name, StringComparer.Ordinal) ? 1 : 0),
            _ when ChangeLast.Contains(name, StringComparer.Ordinal) => operands.TakeLast(1).Concat(OptionValue(command, "-t", "--target-directory")),
            "sed" or "perl" when command.Has("i", "--in-place") => operands.Skip(1),
            "dd" => command.Words.Where(word => word.Text.StartsWith("of=", StringComparison.Ordinal)).Select(word => word with { Text = word.Text[3..] }),
            "curl" => OptionValue(command, "-o", "--output"),
            "wget" => OptionValue(command, "-O", "--output-document"),
            "tar" when command.Has("x", "--extract", "--get") => OptionValue(command, "-C", "--directory"),
            "unzip" => OptionValue(command, "-d", ""),
            "git" when GitRisks.Subcommand(command).Name == "clone" => GitRisks.Subcommand(command).Operands.Skip(1).Take(1),
            _ => [],
        };
    }

    private static IEnumerable<ShellWord> OptionValue(ShellSimpleCommand command, string shortName, string longName)
    {
        for (var i = 1; i < command.Words.Count; i++)
        {
            var word = command.Words[i];
            if ((word.Text == shortName || word.Text == longName) && i + 1 < command.Words.Count)
            {
                yield return command.Words[i + 1];
            }
            else if (longName.Length > 0 && word.Text.StartsWith(longName + "=", StringComparison.Ordinal))
            {
                yield return word with { Text = word.Text[(longName.Length + 1)..] };
            }
        }
    }

    private string? Resolve(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        if (Path.IsPathRooted(text) || text.StartsWith('~'))
        {
            return folder.Resolve(text);
        }

        return _current is null ? null : Path.GetFullPath(text, _current);
    }

    private void Follow(ShellSimpleCommand command)
    {
        if (command.Name is "cd" or "pushd")
        {
            var target = command.Operands.FirstOrDefault();
            _current = target is null ? folder.Resolve("~") : target.IsComputed || target.Text == "-" ? null : Resolve(target.Text);
        }
    }
}
