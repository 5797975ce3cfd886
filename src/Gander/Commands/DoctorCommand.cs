using System.CommandLine;
using Gander.Commands.Agents;
using Gander.Commands.Doctor;
using Gander.Commands.Exec;
using Gander.Hosting.Configuration;

namespace Gander.Commands;

/// <summary><c>gander doctor</c>: says what keeps an agent's telemetry from arriving, and which line to change.</summary>
internal static class DoctorCommand
{
    // Where a server listens that nobody told otherwise; for the lines that are proposed when none runs.
    private static readonly Uri UsualAddress = new("http://127.0.0.1:4318");

    public static Command Create(Terminal terminal)
    {
        var command = new Command("doctor", "Check the settings of the agents on this machine, and that what they send arrives.");
        var flags = new SettingFlags(command);
        var json = new Option<bool>("--json") { Description = "Print the findings in JSON" };
        var server = new Option<string?>("--server") { Description = "The address of a server's pages, or of a collector's OTLP/HTTP, instead of the data folder; a token is taken from GANDER_TOKEN", HelpName = "URL" };
        var names = new Option<string[]>("--agent") { Description = $"Only this agent: {string.Join(", ", AgentCatalogue.All.Select(agent => agent.Name))} (default: those installed)", HelpName = "NAME" };
        command.Add(json);
        command.Add(server);
        command.Add(names);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = flags.Load(parsed, terminal);
            await using var search = new ServerSearch(settings, settings, terminal);
            var (found, reason) = await search.FindAsync(parsed.GetValue(server), mayStart: false, cancellationToken);
            var surroundings = Surroundings.Of(terminal.Environment, found?.OtlpHttp ?? UsualAddress);
            var examination = await new Examiner(found, reason, surroundings, terminal.Time).RunAsync(Chosen(parsed.GetValue(names) ?? [], terminal), cancellationToken);
            if (parsed.GetValue(json))
            {
                await terminal.Output.WriteLineAsync(ExaminationJson.Write(examination));
            }
            else
            {
                foreach (var line in ExaminationText.Lines(examination))
                {
                    await terminal.Output.WriteLineAsync(Queries.ShownText.Of(line));
                }
            }

            return examination.Count(FindingLevel.Problem) == 0 ? ExitCode.Ok : ExitCode.Failed;
        });
        return command;
    }

    private static IReadOnlyList<(AgentSettings Agent, bool IsNamed)> Chosen(string[] names, Terminal terminal)
    {
        if (names.Length > 0)
        {
            return [.. names.Select(name => (AgentCatalogue.Find(name) ?? throw new ConfigurationException($"--agent is '{name}', but must be one of {string.Join(", ", AgentCatalogue.All.Select(agent => agent.Name))}."), true))];
        }

        // This very program is always there, and goes by the same variables as goose.
        return [.. AgentCatalogue.All.Where(agent => agent.Name != "gander" && agent.Programs.Any(program => ProgramPath.Find(program, terminal.Environment) is not null)).Select(agent => (agent, false))];
    }
}
