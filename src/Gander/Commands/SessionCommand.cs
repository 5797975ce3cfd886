using System.CommandLine;
using Gander.Commands.Chat;
using Gander.Commands.Sessions;

namespace Gander.Commands;

/// <summary><c>gander session</c>: talks with the coding agent; with a KEY it replays a session of any agent as text.</summary>
internal static class SessionCommand
{
    public const string Name = "session";

    public static Command Create(Terminal terminal)
    {
        var command = new ForegroundCommand(Name, "Talk with the coding agent; with KEY, show what happened in a session, turn by turn.");
        var replay = new SessionReplayFlags(command);
        var chat = new ChatFlags(command, terminal);

        // In a conversation Ctrl-C interrupts the turn and not the program.
        command.HandlesSignals = parsed => !replay.AreGiven(parsed);
        command.SetAction((parsed, cancellationToken) => replay.AreGiven(parsed) ? replay.ShowAsync(parsed, terminal, cancellationToken) : chat.TalkAsync(parsed, Name, terminal));
        return command;
    }
}
