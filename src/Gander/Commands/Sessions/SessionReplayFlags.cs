using System.CommandLine;
using Gander.Commands.Queries;

namespace Gander.Commands.Sessions;

/// <summary>What <c>gander session KEY</c> needs and does: it replays a session of any agent, from the server, as text.</summary>
internal sealed class SessionReplayFlags
{
    private readonly Argument<string?> _key = new("KEY")
    {
        Description = "The session's key as gander sessions lists it, or its beginning; the agent's own id where one session alone has it",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _json = new("--json") { Description = "With KEY, print the session in JSON, as the API gives it" };
    private readonly Option<string?> _server = QueryServer.Flag();
    private readonly SettingFlags _settings;

    /// <summary>Adds the flags.</summary>
    public SessionReplayFlags(Command command)
    {
        _settings = new SettingFlags(command);
        command.Add(_key);
        command.Add(_json);
        command.Add(_server);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_key) is null or { Tokens.Count: 0 } && (result.GetResult(_json) is not null || result.GetResult(_server) is not null))
            {
                result.AddError("Name a session: gander sessions lists their keys.");
            }
        });
    }

    /// <summary>Whether a session is named.</summary>
    public bool AreGiven(ParseResult parsed) => parsed.GetValue(_key) is not null;

    /// <summary>Shows it.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> ShowAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken) =>
        SessionRun.RunAsync(parsed.GetValue(_server), _settings.Load(parsed, terminal, ServerAccess.OwnServer), terminal, async target =>
        {
            var found = await FindAsync(target, parsed.GetValue(_key)!, cancellationToken);
            using var answer = await target.GetAsync($"/api/sessions/{Uri.EscapeDataString(found)}", [], cancellationToken);
            if (parsed.GetValue(_json))
            {
                await terminal.Output.WriteLineAsync(answer.RootElement.GetRawText());
                return;
            }

            await Pager.ShowAsync(terminal, console => new SessionReplay(console).Show(answer.RootElement));
        }, cancellationToken);

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
