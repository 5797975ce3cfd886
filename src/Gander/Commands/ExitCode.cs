namespace Gander.Commands;

/// <summary>What the exit codes of the program mean; documented in <c>docs/commands.md</c>.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Ok = 0;

    /// <summary>Done in part, or something was refused; the output says what.</summary>
    public const int Failed = 1;

    /// <summary>The command line or the configuration is wrong; nothing was done.</summary>
    public const int Usage = 2;

    /// <summary>It could not begin: an address in use, a folder that cannot be written, a server that does not answer.</summary>
    public const int CannotStart = 3;

    /// <summary>Stopped by a signal before the end.</summary>
    public const int Interrupted = 130;
}
