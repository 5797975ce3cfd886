using System.CommandLine;
using Gander.Commands.Queries;
using Gander.Commands.Sessions;

namespace Gander.Commands;

/// <summary><c>gander session KEY</c>: replays a session as text.</summary>
internal static class SessionCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("session", "Show what happened in a session, turn by turn.");
        var flags = new SettingFlags(command);
        var key = new Argument<string>("KEY") { Description = "The session's key as gander sessions lists it, or its beginning; the agent's own id where one session alone has it" };
        var json = new Option<bool>("--json") { Description = "Print the session in JSON, as the API gives it" };
        var server = QueryServer.Flag();
        command.Add(key);
        command.Add(json);
        command.Add(server);
        command.SetAction((parsed, cancellationToken) => SessionRun.RunAsync(parsed.GetValue(server), flags.Load(parsed, terminal, ServerAccess.OwnServer), terminal, async target =>
        {
            var found = await FindAsync(target, parsed.GetValue(key)!, cancellationToken);
            using var answer = await target.GetAsync($"/api/sessions/{Uri.EscapeDataString(found)}", [], cancellationToken);
            if (parsed.GetValue(json))
            {
                await terminal.Output.WriteLineAsync(answer.RootElement.GetRawText());
                return;
            }

            await Pager.ShowAsync(terminal, console => new SessionReplay(console).Show(answer.RootElement), cancellationToken);
        }, cancellationToken));
        return command;
    }

    // Keys are long: their beginning, or the agent's id, is enough where it means one session.
    private static async Task<string> FindAsync(QueryServer target, string wanted, CancellationToken cancellationToken)
    {
        using var answer = await target.GetAsync("/api/sessions", [new("limit", "1000")], cancellationToken);
        var keys = answer.RootElement.Items("sessions").Select(session => (Key: session.Text("key") ?? "", Id: session.Text("id"))).ToList();
        if (keys.Exists(session => session.Key == wanted))
        {
            return wanted;
        }

        var meant = keys.Where(session => session.Key.StartsWith(wanted, StringComparison.Ordinal) || session.Id == wanted).Select(session => session.Key).Distinct().ToList();
        return meant.Count switch
        {
            // It may be older than the latest thousand.
            0 => wanted,
            1 => meant[0],
            _ => throw new QueryFailedException($"'{wanted}' may mean {meant.Count} sessions: {string.Join(", ", meant.Take(5))}{(meant.Count > 5 ? ", …" : "")}", isMistake: true, position: null),
        };
    }
}
