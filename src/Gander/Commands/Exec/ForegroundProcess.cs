using System.Runtime.InteropServices;
using Gander.Commands.Agents;

namespace Gander.Commands.Exec;

/// <summary>The program that was started, and what is known of how it ends.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Agent">The agent it is.</param>
/// <param name="Arguments">Its command line behind its name.</param>
internal sealed record ForegroundProcess(int Id, AgentSettings Agent, IReadOnlyList<string> Arguments)
{
    /// <inheritdoc cref="AgentSettings.StartsToolsInSessions"/>
    public bool StartsToolsInSessions => Agent.StartsToolsInSessions;

    /// <summary>The signal by which it ends with all its telemetry sent, where SIGTERM or SIGHUP would end it without.</summary>
    public PosixSignal EndingSignal(PosixSignal signal) => Agent.EndingSignal(signal, Arguments);
}
