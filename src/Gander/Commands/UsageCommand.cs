using System.CommandLine;
using System.Globalization;
using Gander.Commands.Queries;
using Gander.Commands.Sessions;
using Gander.Commands.Usage;
using Gander.Hosting.Configuration;

namespace Gander.Commands;

/// <summary><c>gander usage</c>: shows what agents used and what it cost.</summary>
internal static class UsageCommand
{
    private const string Path = "/api/usage";

    public static Command Create(Terminal terminal)
    {
        var command = new Command("usage", "Show what agents used and what it cost, by person, model, day and more.");
        var flags = new SettingFlags(command);
        var by = new Option<string?>("--by") { Description = "What to tell apart, separated by commas: user, team, agent, model, provider, tool, host, repo, project, session, status, day, hour (default: user,model)", HelpName = "WORDS", DefaultValueFactory = _ => "user,model" };
        var last = new Option<string?>("--last") { Description = "Only the last while, such as 7d (default: 30d)", HelpName = "DURATION" };
        var start = new Option<string?>("--start") { Description = "Only after this time; now-6h, 2026-11-22T14:00:00Z or Unix seconds", HelpName = "TIME" };
        var end = new Option<string?>("--end") { Description = "Only before this time (default: now)", HelpName = "TIME" };
        var where = new Option<string[]>("--where") { Description = "Only what was used so, such as --where model=gpt-5; may be repeated", HelpName = "NAME=VALUE" };
        var sort = new Option<string?>("--sort") { Description = "cost (default), tokens, sessions, modelCalls, toolCalls or key", HelpName = "WORD" };
        var limit = new Option<int>("--limit") { Description = "Rows to show, 1 to 10000 (default: 50)", HelpName = "NUMBER", DefaultValueFactory = _ => 50 };
        var pseudonyms = new Option<bool>("--pseudonyms") { Description = "Show persons and hosts by names that do not tell who they are" };
        var json = new Option<bool>("--json") { Description = "Print the answer in JSON, as the API gives it" };
        var csv = new Option<bool>("--csv") { Description = "Print the rows as CSV" };
        var server = QueryServer.Flag();
        foreach (var option in new Option[] { by, last, start, end, where, sort, limit, pseudonyms, json, csv, server })
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellationToken) =>
        {
            var settings = flags.Load(parsed, terminal, ServerAccess.OwnServer);
            List<KeyValuePair<string, string?>> parameters =
            [
                new("by", parsed.GetValue(by)),
                new("start", parsed.GetValue(last) is { } length ? $"now-{length}" : parsed.GetValue(start)),
                new("end", parsed.GetValue(end)),
                new("sort", parsed.GetValue(sort)),
                new("limit", parsed.GetValue(limit).ToString(CultureInfo.InvariantCulture)),
                new("pseudonyms", parsed.GetValue(pseudonyms) ? "true" : null),
                .. (parsed.GetValue(where) ?? []).Select(Condition),
            ];
            return SessionRun.RunAsync(parsed.GetValue(server), settings, terminal, async target =>
            {
                if (parsed.GetValue(csv))
                {
                    await terminal.Output.WriteAsync(await target.GetTextAsync(Path, [.. parameters, new("format", "csv")], cancellationToken));
                    return;
                }

                using var answer = await target.GetAsync(Path, parameters, cancellationToken);
                if (parsed.GetValue(json))
                {
                    await terminal.Output.WriteLineAsync(answer.RootElement.GetRawText());
                    return;
                }

                UsageTable.Show(terminal.Screen(), answer.RootElement);
            }, cancellationToken);
        });
        return command;
    }

    private static KeyValuePair<string, string?> Condition(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? new(Uri.EscapeDataString(text[..equals]), text[(equals + 1)..])
            : throw new ConfigurationException($"--where {text}: write it as --where NAME=VALUE.");
    }
}
