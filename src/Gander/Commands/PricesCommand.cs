using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Gander.Api.Parameters;
using Gander.Commands.Prices;
using Gander.Commands.Queries;
using Gander.Commands.Sessions;
using Gander.Hosting.Configuration;
using Gander.Hosting.Pricing;
using Gander.Prices;
using Gander.Sessions.Usage;

namespace Gander.Commands;

/// <summary><c>gander prices</c>: shows what tokens cost and why, without a server or a network; and prices sessions anew.</summary>
internal static class PricesCommand
{
    public static Command Create(Terminal terminal) => new("prices", "Show what models cost, which price a model gets, and price sessions anew.")
    {
        List(terminal),
        Check(terminal),
        Apply(terminal),
    };

    private static Command List(Terminal terminal)
    {
        var command = new Command("list", "List all prices, in US dollars a million tokens.");
        var flags = new SettingFlags(command);
        var provider = new Option<string?>("--provider") { Description = "Only those of this provider", HelpName = "PROVIDER" };
        var json = new Option<bool>("--json") { Description = "Print them in JSON" };
        command.Add(provider);
        command.Add(json);
        command.SetAction(async (parsed, _) =>
        {
            var table = PriceFile.ReadTable(flags.Load(parsed, terminal).Get<PriceOptions>());
            var entries = table.Entries.Where(entry => parsed.GetValue(provider) is not { } name || entry.Provider.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
            if (parsed.GetValue(json))
            {
                await terminal.Output.WriteLineAsync(PriceJson.List(table, entries));
                return ExitCode.Ok;
            }

            PriceTables.ShowList(terminal.Screen(), entries);
            await terminal.Output.WriteLineAsync($"Table {table.Version}, US dollars a million tokens.");
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command Check(Terminal terminal)
    {
        var command = new Command("check", "Show which price a model gets, and how it was found. Exit code 1 when it gets none.");
        var flags = new SettingFlags(command);
        var model = new Argument<string>("MODEL") { Description = "The model as an agent names it" };
        var provider = new Option<string?>("--provider") { Description = "The provider as an agent names it", HelpName = "PROVIDER" };
        var at = new Option<string>("--at") { Description = "When it is called: 2026-06-30, 2026-06-30T12:00:00Z or now-7d (default: now)", HelpName = "TIME", DefaultValueFactory = _ => "now" };
        var json = new Option<bool>("--json") { Description = "Print the answer in JSON" };
        command.Add(model);
        command.Add(provider);
        command.Add(at);
        command.Add(json);
        command.SetAction(async (parsed, _) =>
        {
            var table = PriceFile.ReadTable(flags.Load(parsed, terminal).Get<PriceOptions>());
            var instant = Instant(parsed.GetValue(at)!, terminal.Time.GetUtcNow());
            var nanos = (instant - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
            var match = table.Match(parsed.GetValue(model)!, parsed.GetValue(provider), nanos);
            if (parsed.GetValue(json))
            {
                await terminal.Output.WriteLineAsync(PriceJson.Check(table, parsed.GetValue(model)!, parsed.GetValue(provider), instant, match));
            }
            else
            {
                await ShowAsync(terminal, table, parsed.GetValue(model)!, match);
            }

            return match.Entry is null ? ExitCode.Failed : ExitCode.Ok;
        });
        return command;
    }

    private static Command Apply(Terminal terminal)
    {
        var command = new Command("apply", "Price all sessions anew with the table as it is now, and show what changed.");
        var flags = new SettingFlags(command);
        var tryOnly = new Option<bool>("--try") { Description = "Only show what would change" };
        var json = new Option<bool>("--json") { Description = "Print the outcome in JSON" };
        command.Add(tryOnly);
        command.Add(json);
        command.SetAction((parsed, cancellationToken) => SessionRun.RunAsync(null, flags.Load(parsed, terminal, ServerAccess.OwnServer), terminal, async target =>
        {
            using var content = JsonContent.Create(new PriceUpdates.Request(parsed.GetValue(tryOnly)));
            using var answer = await target.PostAsync(PriceUpdates.Path, content, cancellationToken);
            if (parsed.GetValue(json))
            {
                await terminal.Output.WriteLineAsync(answer.RootElement.GetRawText());
                return;
            }

            PriceTables.ShowOutcome(terminal.Screen(), answer.RootElement.Deserialize<RepriceOutcome>(JsonSerializerOptions.Web)!, parsed.GetValue(tryOnly));
        }, cancellationToken));
        return command;
    }

    private static async Task ShowAsync(Terminal terminal, PriceTable table, string model, PriceMatch match)
    {
        if (match.Entry is { } entry)
        {
            await terminal.Output.WriteLineAsync(ShownText.Of($"{model}: found {PriceText.How(match.Kind)} as {entry.Provider} {match.Name}, {PriceText.Validity(entry)}."));
            PriceTables.ShowRates(terminal.Screen(), entry);
            await terminal.Output.WriteLineAsync(ShownText.Of($"US dollars a million tokens, table {table.Version}{(entry.Source.Length > 0 ? $", from {entry.Source}" : "")}."));
            return;
        }

        await terminal.Output.WriteLineAsync(ShownText.Of($"{model}: unpriced, {PriceText.How(match.Kind)} (table {table.Version})."));
        foreach (var other in match.Others)
        {
            await terminal.Output.WriteLineAsync(ShownText.Of($"  {other.Provider} {match.Name}: {PriceText.Validity(other)}"));
        }
    }

    private static DateTimeOffset Instant(string text, DateTimeOffset now)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        }

        var nowNanos = (now - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        return TimeText.TryParse(text, nowNanos, out var nanos, out var problem)
            ? DateTimeOffset.UnixEpoch.AddTicks(nanos / TimeSpan.NanosecondsPerTick)
            : throw new ConfigurationException($"--at: {problem}, or a day such as 2026-06-30.");
    }
}
