using System.CommandLine;
using System.Globalization;
using Gander.Hosting;
using Gander.Hosting.Auth;
using Gander.Hosting.Configuration;

namespace Gander.Commands;

/// <summary><c>gander token</c>: makes, lists and revokes tokens; a running server notices at once.</summary>
internal static class TokenCommand
{
    public static Command Create(Terminal terminal) => new("token", "Make, list and revoke the tokens that admit agents and readers.")
    {
        CreateToken(terminal),
        ListTokens(terminal),
        RevokeToken(terminal),
    };

    private static Command CreateToken(Terminal terminal)
    {
        var command = new Command("create", "Make a token and print it, once.");
        var flags = new SettingFlags(command);
        var name = new Option<string>("--name") { Description = "What to call it, such as the person's or machine's name", HelpName = "NAME", Required = true };
        var user = new Option<string?>("--user") { Description = "Put on telemetry that names no user", HelpName = "USER" };
        var team = new Option<string?>("--team") { Description = "Put on telemetry that names no team", HelpName = "TEAM" };
        var scope = new Option<TokenScopes>("--scope") { Description = "ingest: send telemetry; read: pages and APIs; all: both (default)", HelpName = "ingest|read|all", DefaultValueFactory = _ => TokenScopes.All };
        scope.AcceptOnlyFromAmong("ingest", "read", "all");
        var expires = new Option<string?>("--expires") { Description = "How long it is good for, such as 90d (default: for ever)", HelpName = "TIME" };
        command.Add(name);
        command.Add(user);
        command.Add(team);
        command.Add(scope);
        command.Add(expires);
        command.SetAction(async (parsed, _) =>
        {
            TimeSpan? lifetime = null;
            if (parsed.GetValue(expires) is { } text)
            {
                lifetime = SettingParser.TryParse(typeof(TimeSpan), [text], out var value, out var expected) && value is TimeSpan { Ticks: > 0 } time
                    ? time
                    : throw new ConfigurationException($"--expires is '{text}', but must be {expected}.");
            }

            var token = File(parsed, flags, terminal).Create(parsed.GetValue(name)!, parsed.GetValue(scope), parsed.GetValue(user), parsed.GetValue(team), lifetime);

            // The token alone goes to standard output, so that a script can catch it.
            await terminal.Output.WriteLineAsync(token);
            await terminal.Error.WriteLineAsync("This is shown once; only a hash of it is kept. An agent sends it as:");
            await terminal.Error.WriteLineAsync("  export OTEL_EXPORTER_OTLP_HEADERS=\"Authorization=Basic THE-TOKEN\"");
            await terminal.Error.WriteLineAsync("From now on this server needs a token of everybody, browsers included.");
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command ListTokens(Terminal terminal)
    {
        var command = new Command("list", "List tokens; never the secrets.");
        var flags = new SettingFlags(command);
        command.SetAction(async (parsed, _) =>
        {
            var tokens = File(parsed, flags, terminal).Read();
            if (tokens.Count == 0)
            {
                await terminal.Output.WriteLineAsync("There are no tokens. On this machine none is needed; make one with: gander token create --name NAME");
                return ExitCode.Ok;
            }

            string[] header = ["NAME", "SCOPE", "USER", "TEAM", "CREATED", "EXPIRES"];
            var rows = tokens.Select(token => Row(token, terminal.Time.GetUtcNow())).Prepend(header).ToList();
            var widths = header.Select((_, column) => rows.Max(row => row[column].Length)).ToList();
            foreach (var row in rows)
            {
                await terminal.Output.WriteLineAsync(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static Command RevokeToken(Terminal terminal)
    {
        var command = new Command("revoke", "Revoke a token; it is refused from then on.");
        var flags = new SettingFlags(command);
        var name = new Argument<string>("NAME") { Description = "The token's name" };
        command.Add(name);
        command.SetAction(async (parsed, _) =>
        {
            var file = File(parsed, flags, terminal);
            if (!file.Revoke(parsed.GetValue(name)!))
            {
                await terminal.Error.WriteLineAsync($"There is no token named '{parsed.GetValue(name)}'. See: gander token list");
                return ExitCode.Failed;
            }

            await terminal.Output.WriteLineAsync($"The token '{parsed.GetValue(name)}' is revoked.");
            if (file.Read().Count == 0)
            {
                await terminal.Error.WriteLineAsync("It was the last one: a server that listens on this machine alone needs no token now.");
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static TokenFile File(ParseResult parsed, SettingFlags flags, Terminal terminal) =>
        new(DataFolder.Resolve(flags.Load(parsed, terminal).Get<ServerOptions>().Data), terminal.Time);

    private static string[] Row(TokenRecord token, DateTimeOffset now) =>
    [
        token.Name,
        token.Scopes.ToString().ToLowerInvariant(),
        token.User ?? "-",
        token.Team ?? "-",
        Day(token.CreatedAt),
        token.ExpiresAt is { } end ? $"{Day(end)}{(token.IsExpired(now) ? " (expired)" : "")}" : "never",
    ];

    private static string Day(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
