namespace Gander.Agent.Tools.Processes;

/// <summary>How a command went.</summary>
/// <param name="StandardOutput">Its output, cut to the limit.</param>
/// <param name="StandardError">Its complaints, cut to the limit.</param>
/// <param name="ExitCode">Its exit code; 128 and the signal's number for one that a signal ended.</param>
/// <param name="TimedOut">Whether it was ended because its time was over.</param>
/// <param name="LeftProcesses">The group, where processes the command started in the background are still running; else null.</param>
internal sealed record ShellOutcome(string StandardOutput, string StandardError, int ExitCode, bool TimedOut, ProcessGroup? LeftProcesses);
