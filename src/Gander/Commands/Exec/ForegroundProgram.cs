using System.ComponentModel;
using System.Diagnostics;
using Gander.Commands.Agents;

namespace Gander.Commands.Exec;

/// <summary>Runs a program as a shell does: it has the terminal or whatever input and output this process has, and its signals.</summary>
internal static class ForegroundProgram
{
    // As shells say it (POSIX, "Exit Status for Commands").
    private const int CannotExecute = 126;
    private const int NotFound = 127;

    /// <summary>Starts the program and waits for its end.</summary>
    /// <returns>Its exit code: 128 and the signal's number when a signal ended it; with a problem when it could not be started.</returns>
    public static async Task<(int ExitCode, string? Problem)> RunAsync(
        IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment, ProgramSignals signals)
    {
        if (ProgramPath.Find(command[0], environment) is not { } program)
        {
            signals.Ended();
            return (NotFound, $"There is no program '{command[0]}'.");
        }

        var start = new ProcessStartInfo(program, command.Skip(1)) { UseShellExecute = false };
        start.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            using var process = UnixProcess.WithBrokenPipes(() => Process.Start(start)!);
            signals.Started(process.Id);
            await process.WaitForExitAsync(CancellationToken.None);
            signals.Ended();
            return (process.ExitCode, null);
        }
        catch (Win32Exception e)
        {
            signals.Ended();
            return (CannotExecute, $"'{command[0]}' cannot be started: {e.Message}");
        }
    }
}
