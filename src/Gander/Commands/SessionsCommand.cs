using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Gander.Commands.Queries;
using Gander.Commands.Sessions;
using Spectre.Console;

namespace Gander.Commands;

/// <summary><c>gander sessions</c>: lists sessions, the latest start first.</summary>
internal static class SessionsCommand
{
    private const int MaxLimit = 1_000;

    public static Command Create(Terminal terminal)
    {
        var command = new Command("sessions", "List sessions, the latest first.");
        var flags = new SettingFlags(command);
        var start = new Option<string?>("--start") { Description = "Only sessions with a part after this time (default: any); now-6h, 2026-11-22T14:00:00Z or Unix seconds", HelpName = "TIME" };
        var end = new Option<string?>("--end") { Description = "Only sessions that began before this time", HelpName = "TIME" };
        var last = new Option<string?>("--last") { Description = "Only sessions of the last while, such as 7d", HelpName = "DURATION" };
        var agent = new Option<string?>("--agent") { Description = "Only sessions of this agent", HelpName = "AGENT" };
        var user = new Option<string?>("--user") { Description = "Only sessions of this user", HelpName = "USER" };
        var status = new Option<string?>("--status") { Description = "Only sessions that stand so: ok, error, interrupted, running, unknown", HelpName = "STATUS" };
        var limit = new Option<int>("--limit") { Description = "At most this many, 1 to 1000 (default: 50)", HelpName = "NUMBER", DefaultValueFactory = _ => 50 };
        var json = new Option<bool>("--json") { Description = "Print the answer in JSON, as the API gives it" };
        var server = QueryServer.Flag();
        foreach (var option in new Option[] { start, end, last, agent, user, status, limit, json, server })
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellationToken) => SessionRun.RunAsync(parsed.GetValue(server), flags.Load(parsed, terminal, ServerAccess.OwnServer), terminal, async target =>
        {
            using var answer = await target.GetAsync(
                "/api/sessions",
                [
                    new("start", parsed.GetValue(last) is { } length ? $"now-{length}" : parsed.GetValue(start)),
                    new("end", parsed.GetValue(end)),
                    new("agent", parsed.GetValue(agent)),
                    new("user", parsed.GetValue(user)),
                    new("status", parsed.GetValue(status)),
                    new("limit", Math.Clamp(parsed.GetValue(limit), 1, MaxLimit).ToString(CultureInfo.InvariantCulture)),
                ],
                cancellationToken);
            if (parsed.GetValue(json))
            {
                await terminal.Output.WriteLineAsync(answer.RootElement.GetRawText());
                return;
            }

            Show(terminal, answer.RootElement);
        }, cancellationToken));
        return command;
    }

    private static void Show(Terminal terminal, JsonElement answer)
    {
        var screen = terminal.Screen();
        SessionTable.Show(screen, [.. answer.Items("sessions")]);
        if (answer.Text("nextCursor") is not null)
        {
            screen.WriteLine("There are more; narrow the list or raise --limit.");
        }

        if (answer.TryGetProperty("current", out var current) && current.ValueKind == JsonValueKind.False)
        {
            screen.WriteLine("Telemetry that came lately is still being read; ask again in a moment.");
        }
    }
}
