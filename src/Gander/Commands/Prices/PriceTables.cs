using System.Globalization;
using Gander.Commands.Queries;
using Gander.Prices;
using Gander.Sessions.Usage;
using Spectre.Console;

namespace Gander.Commands.Prices;

/// <summary>Prices as tables on a terminal.</summary>
internal static class PriceTables
{
    private static readonly string[] RateColumns = ["Input", "Output", "Cache read", "Cache write", "… for 1 h", "Reasoning"];

    /// <summary>All entries, a row for each model and size of context.</summary>
    public static void ShowList(IAnsiConsole console, IEnumerable<PriceEntry> entries)
    {
        var table = NewTable(["Provider", "Model", "From", "Before", "Context", .. RateColumns]);
        foreach (var entry in entries)
        {
            foreach (var model in entry.Models)
            {
                foreach (var (context, rates) in PriceText.Bands(entry))
                {
                    AddRow(table, [entry.Provider, model, PriceText.Day(entry.FromNanos), PriceText.Day(entry.ToNanos), context, .. Rates(rates)]);
                }
            }
        }

        console.Write(table);
    }

    /// <summary>The rates of one entry.</summary>
    public static void ShowRates(IAnsiConsole console, PriceEntry entry)
    {
        var table = NewTable(["Context", .. RateColumns]);
        foreach (var (context, rates) in PriceText.Bands(entry))
        {
            AddRow(table, [context, .. Rates(rates)]);
        }

        console.Write(table);
    }

    /// <summary>What pricing anew changed.</summary>
    public static void ShowOutcome(IAnsiConsole console, RepriceOutcome outcome, bool tryOnly)
    {
        if (outcome.Models.Count > 0)
        {
            var table = new Table { Border = TableBorder.Simple };
            foreach (var column in new[] { "Model", "Provider", "Tokens", "Price before", "Price after" })
            {
                table.AddColumn(new TableColumn(column) { NoWrap = true, Alignment = column is "Model" or "Provider" ? Justify.Left : Justify.Right });
            }

            foreach (var model in outcome.Models)
            {
                AddRow(table, [model.Name.Length > 0 ? model.Name : "-", model.Provider.Length > 0 ? model.Provider : "-", Exact(model.Tokens), Dollar(model.BeforeUsd), Dollar(model.AfterUsd)]);
            }

            console.Write(table);
        }

        console.WriteLine(ShownText.Of($"Table {outcome.Table}: {Exact(outcome.Changed)} of {Exact(outcome.Sessions)} sessions {(tryOnly ? "would have" : "have")} another price."));
        console.WriteLine($"All sessions cost {Dollar(outcome.BeforeUsd)} before and {Dollar(outcome.AfterUsd)} after; {Exact(outcome.UnpricedBefore)} tokens had no known cost, {Exact(outcome.UnpricedAfter)} have none now.");
    }

    private static string Exact(long number) => Web.Figures.Exact(number);

    private static string Dollar(decimal dollars) => dollars.ToString("$0.00####", CultureInfo.InvariantCulture);

    private static string[] Rates(TokenRates rates) =>
    [
        PriceText.Rate(rates.Input),
        PriceText.Rate(rates.Output),
        PriceText.Rate(rates.CacheRead),
        PriceText.Rate(rates.CacheWrite),
        PriceText.Rate(rates.CacheWriteOneHour),
        PriceText.Rate(rates.Reasoning),
    ];

    private static Table NewTable(IEnumerable<string> columns)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(column) { NoWrap = true, Alignment = RateColumns.Contains(column) ? Justify.Right : Justify.Left });
        }

        return table;
    }

    // As text and not as markup: names in a person's own file may hold anything.
    private static void AddRow(Table table, string[] cells) => table.AddRow(cells.Select(cell => new Text(ShownText.Of(cell))));
}
