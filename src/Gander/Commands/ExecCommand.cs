using System.CommandLine;
using System.CommandLine.Parsing;
using System.Security.Cryptography;
using Gander.Commands.Agents;
using Gander.Commands.Exec;
using Gander.Hosting.Configuration;

namespace Gander.Commands;

/// <summary><c>gander exec</c>: runs an agent so that it sends its telemetry here.</summary>
internal static class ExecCommand
{
    private const int RunIdBytes = 8;

    public static Command Create(Terminal terminal)
    {
        var command = new ForegroundCommand("exec", "Run an agent, or any program, with the settings that send its telemetry here.");
        var flags = new SettingFlags(command);
        var content = new Option<bool>("--content") { Description = "Ask for prompts, answers and the texts of tools as well" };
        var server = new Option<string?>("--server") { Description = "The address of a server's pages, or of a collector's OTLP/HTTP, instead of the data folder; a token is taken from GANDER_TOKEN", HelpName = "URL" };
        var serve = new Option<bool>("--serve") { Description = "When no server runs, start one until the program has ended" };
        var program = new Argument<string[]>("COMMAND") { Description = "The program and its arguments, behind --, such as: gander exec -- goose run -t 'explain this file'", Arity = ArgumentArity.OneOrMore };
        command.Add(content);
        command.Add(server);
        command.Add(serve);
        command.Add(program);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            RequireDashes(parsed);
            var quiet = new Dictionary<string, string>(StringComparer.Ordinal) { ["logLevel"] = "error", ["readOnly"] = "false" };
            await using var search = new ServerSearch(flags.Load(parsed, terminal, quiet), flags.Load(parsed, terminal, ServerAccess.OwnServer), terminal);
            using var signals = new ProgramSignals(terminal.Time);
            var (found, reason) = await search.FindAsync(parsed.GetValue(server), parsed.GetValue(serve), cancellationToken);
            if (found is null)
            {
                await TellAsync(terminal, $"{reason}. The program runs without telemetry to Gander.");
            }

            return await RunAsync(parsed.GetValue(program)!, found, parsed.GetValue(content), signals, terminal);
        });
        return command;
    }

    // An option of the program must never be taken for one of this command.
    private static void RequireDashes(ParseResult parsed)
    {
        var firstWord = parsed.Tokens.Select((token, index) => (token, index)).Where(entry => entry.token.Type == TokenType.Argument && IsOfProgram(parsed, entry.token)).Select(entry => entry.index).FirstOrDefault(-1);
        var dashes = parsed.Tokens.Select((token, index) => (token, index)).Where(entry => entry.token.Type == TokenType.DoubleDash).Select(entry => entry.index).FirstOrDefault(-1);
        if (dashes < 0 || dashes > firstWord)
        {
            throw new ConfigurationException("Put -- before the program, so that its options stay its own: gander exec -- goose run -t 'explain this file'");
        }
    }

    private static bool IsOfProgram(ParseResult parsed, Token token) => parsed.CommandResult.Tokens.Contains(token);

    private static async Task<int> RunAsync(IReadOnlyList<string> command, ExecServer? server, bool content, ProgramSignals signals, Terminal terminal)
    {
        var runId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RunIdBytes));
        var begin = terminal.Time.GetUtcNow();
        var environment = terminal.Environment;
        var (agent, place) = AgentCatalogue.Recognise(command);
        if (server is not null)
        {
            var launch = new Launch(server.Target(runId, content), command, Surroundings.Of(environment, server.OtlpHttp));
            agent.Prepare(launch, place);
            (command, environment) = (launch.Command, launch.Environment);
            foreach (var note in launch.Notes)
            {
                await TellAsync(terminal, note);
            }
        }

        var (exitCode, hasRun, problem) = await ForegroundProgram.RunAsync(command, environment, agent, signals);
        if (problem is not null)
        {
            await TellAsync(terminal, problem);
        }

        if (hasRun && server is { Pages: { } pages })
        {
            using var client = new GanderClient(pages, server.Token);
            await TellSessionsAsync(new RunSessions(client, agent, runId, begin, terminal.Time), server, agent, signals, terminal);
        }

        return exitCode;
    }

    private static async Task TellSessionsAsync(RunSessions sessions, ExecServer server, AgentSettings agent, ProgramSignals signals, Terminal terminal)
    {
        try
        {
            var keys = await sessions.FindAsync(signals.Impatience);
            foreach (var key in keys)
            {
                var page = new Uri(server.PagesLater ?? server.Pages!, $"/sessions/{Uri.EscapeDataString(key)}");
                await TellAsync(terminal, server.PagesLater is null ? $"session {page}" : $"session {page} (to see it: gander serve)");
            }

            // A shell or a script need not have started an agent.
            if (keys.Count == 0 && agent != AgentCatalogue.Any)
            {
                await TellAsync(terminal, $"no session of {agent.Title} arrived. To see why: gander doctor --agent {agent.Name}");
            }
        }
        catch (OperationCanceledException)
        {
            await TellAsync(terminal, "not waiting for the session.");
        }
    }

    // Standard output is the program's.
    private static Task TellAsync(Terminal terminal, string sentence) => terminal.Error.WriteLineAsync($"gander exec: {Queries.ShownText.Of(sentence)}");
}
