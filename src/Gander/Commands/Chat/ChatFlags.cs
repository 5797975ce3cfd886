using System.CommandLine;
using Gander.Agent.Configuration;
using Gander.Agent.Sessions;
using Gander.Commands.Coding;

namespace Gander.Commands.Chat;

/// <summary>The flags of <c>gander session</c> where it talks with the agent, and its commands for stored sessions.</summary>
internal sealed class ChatFlags
{
    private readonly AgentFlags _agent;
    private readonly Option<bool> _history = new("--history") { Description = "With --resume, show the conversation so far" };

    /// <summary>Adds them.</summary>
    public ChatFlags(Command command, Terminal terminal)
    {
        _agent = new AgentFlags(command);
        command.Add(_history);
        command.Add(StoredSessions.List(terminal));
        command.Add(StoredSessions.Remove(terminal));
        command.Add(StoredSessions.Export(terminal));
    }

    /// <summary>Talks.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> TalkAsync(ParseResult parsed, string command, Terminal terminal)
    {
        try
        {
            return await ChatRun.RunAsync(_agent.Read(parsed), command, firstPrompt: null, parsed.GetValue(_history), terminal);
        }
        catch (AgentConfigurationException e)
        {
            await terminal.Error.WriteLineAsync(e.Message);
            return ExitCode.Usage;
        }
        catch (SessionStoreException e)
        {
            await terminal.Error.WriteLineAsync(e.Message);
            return ExitCode.CannotStart;
        }
    }
}
