namespace Gander.Agent.Permissions.Shell;

/// <summary>One word of a command, without its quotes.</summary>
/// <param name="Text">What is known of it; nothing stands where the shell would put a value.</param>
/// <param name="IsComputed">Whether a part of it is a variable or the output of a command, and so not known.</param>
/// <param name="Inner">The command lines within it that run to compute it.</param>
internal sealed record ShellWord(string Text, bool IsComputed, IReadOnlyList<ShellCommandLine> Inner);
