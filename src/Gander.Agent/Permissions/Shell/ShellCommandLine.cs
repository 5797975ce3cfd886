namespace Gander.Agent.Permissions.Shell;

/// <summary>What a command line runs, in order, as far as it can be told without running it.</summary>
/// <param name="Commands">All simple commands; those within quotes and parentheses of others are with their words.</param>
/// <param name="IsUnderstood">Whether all of it was read; not where quotes or parentheses stay open, or it is nested too deep.</param>
internal sealed record ShellCommandLine(IReadOnlyList<ShellSimpleCommand> Commands, bool IsUnderstood)
{
    /// <summary>Whether all of it was read, also what is within its words.</summary>
    public bool IsWhole => IsUnderstood && Commands.SelectMany(command => command.Words.Concat(command.Redirects.Select(redirect => redirect.Target))).SelectMany(word => word.Inner).All(inner => inner.IsWhole);

    /// <summary>All simple commands, those that compute words of others included.</summary>
    public IEnumerable<ShellSimpleCommand> All() =>
        Commands.SelectMany(command => command.Words.Concat(command.Redirects.Select(redirect => redirect.Target))
            .SelectMany(word => word.Inner).SelectMany(inner => inner.All())
            .Append(command));
}
