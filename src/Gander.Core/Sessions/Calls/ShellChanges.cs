namespace Gander.Sessions.Calls;

/// <summary>
/// Commits and pull requests that shell commands make, for agents that do not count them. Only a command that begins with
/// <c>git commit</c> or <c>gh pr create</c> counts, not text that speaks of one.
/// </summary>
internal static class ShellChanges
{
    // Beyond it commands are not looked for: a text of many of them would be searched again for each.
    private const int MaxLength = 16 * 1024;

    /// <summary>What a command that went well did, given it or the JSON text of a tool's arguments that holds it.</summary>
    public static CodeChanges Of(ReadOnlySpan<byte> command)
    {
        command = command[..Math.Min(command.Length, MaxLength)];
        var (commits, requests) = (Count(command, "git commit"u8), Count(command, "gh pr create"u8));
        return new CodeChanges(null, null, commits > 0 ? commits : null, requests > 0 ? requests : null);
    }

    private static long Count(ReadOnlySpan<byte> text, ReadOnlySpan<byte> command)
    {
        var count = 0L;
        for (var at = text.IndexOf(command); at >= 0;)
        {
            var after = at + command.Length;
            if (IsStart(text[..at]) && IsCommand(text[after..]))
            {
                count++;
            }

            var next = text[after..].IndexOf(command);
            at = next < 0 ? -1 : after + next;
        }

        return count;
    }

    // git commit-tree is another command, and amending or trying adds no commit.
    private static bool IsCommand(ReadOnlySpan<byte> after)
    {
        var end = after.IndexOfAny(";&|"u8);
        var arguments = end < 0 ? after : after[..end];
        return (arguments.IsEmpty || (!char.IsAsciiLetterOrDigit((char)arguments[0]) && arguments[0] != '-'))
            && arguments.IndexOf(" --amend"u8) < 0 && arguments.IndexOf(" --dry-run"u8) < 0;
    }

    // A command begins at the start of the text or of a JSON string, or after ; & | ( and line ends, in JSON written \n.
    private static bool IsStart(ReadOnlySpan<byte> before)
    {
        before = before.TrimEnd((byte)' ');
        return before.IsEmpty || before.EndsWith("\\n"u8)
            || before[^1] is (byte)';' or (byte)'&' or (byte)'|' or (byte)'(' or (byte)'\n'
            || (before[^1] == (byte)'"' && !before.EndsWith("\\\""u8));
    }
}
