using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Gander.Commands.Agents;

namespace Gander.Commands.Exec;

/// <summary>Runs a program as a shell does: it has the terminal or whatever input and output this process has, and its signals.</summary>
internal static class ForegroundProgram
{
    // As shells say it (POSIX, "Exit Status for Commands").
    private const int CannotExecute = 126;
    private const int NotFound = 127;

    /// <summary>Starts the program and waits for its end, and for the end of what it left behind where a signal ended it.</summary>
    /// <returns>
    /// Its exit code: 128 and the signal's number when a signal ended it. A problem when it could not be started, which makes
    /// <c>HasRun</c> false, and when something it left behind goes on.
    /// </returns>
    public static async Task<(int ExitCode, bool HasRun, string? Problem)> RunAsync(
        IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment, AgentSettings agent, ProgramSignals signals)
    {
        if (ProgramPath.Find(command[0], environment) is not { } program)
        {
            signals.Ended();
            return (NotFound, false, $"There is no program '{command[0]}'.");
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
            signals.Started(new ForegroundProcess(process.Id, agent, [.. command.Skip(1)]));
            await process.WaitForExitAsync(CancellationToken.None);
            signals.Ended();
            var left = await signals.EndLeftoversAsync();
            return (process.ExitCode, true, left.Count == 0 ? null : $"what it started still runs: {string.Join(", ", left.Select(each => string.Create(CultureInfo.InvariantCulture, $"{each.Name} ({each.Id})")))}");
        }
        catch (Win32Exception e)
        {
            signals.Ended();
            return (CannotExecute, false, $"'{command[0]}' cannot be started: {e.Message}");
        }
    }
}
