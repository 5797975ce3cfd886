namespace Gander.Agent.Permissions.Shell;

/// <summary>Where a command's input comes from or its output goes to.</summary>
/// <param name="Operator">As written: <c>&gt;</c>, <c>&gt;&gt;</c>, <c>&lt;</c> and their like, without the number before.</param>
/// <param name="Target">The file.</param>
internal sealed record ShellRedirect(string Operator, ShellWord Target)
{
    /// <summary>Whether it writes to a file, and not to another stream.</summary>
    public bool Writes => Operator.Contains('>', StringComparison.Ordinal) && !(Operator.EndsWith('&') && Target.Text is "-" or [>= '0' and <= '9']);
}
