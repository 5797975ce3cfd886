using System.Globalization;
using System.Text.Json;
using Gander.Commands.Queries;
using Gander.Commands.Sessions;
using Spectre.Console;

namespace Gander.Commands.Usage;

/// <summary>Shows usage as a table with the total below.</summary>
internal static class UsageTable
{
    private static readonly string[] Figures = ["Cost", "Tokens", "Input", "Cached", "Output", "Sessions", "Turns", "Model calls", "Tool calls", "Failed"];

    /// <summary>Prints it.</summary>
    public static void Show(IAnsiConsole console, JsonElement answer)
    {
        var by = answer.Items("by").Select(word => word.GetString() ?? "").ToList();
        var table = new Table { Border = TableBorder.Simple };
        foreach (var column in by.Select(Title).Concat(Figures))
        {
            table.AddColumn(new TableColumn(column) { NoWrap = true, Alignment = Figures.Contains(column) ? Justify.Right : Justify.Left });
        }

        foreach (var row in answer.Items("rows"))
        {
            var key = row.GetProperty("key");
            AddRow(table, by.Select(word => key.Text(word) ?? "-"), row);
        }

        if (answer.TryGetProperty("others", out var others) && others.ValueKind == JsonValueKind.Object)
        {
            AddRow(table, Named(by.Count, "(others)"), others);
        }

        var total = answer.GetProperty("total");
        if (by.Count > 0)
        {
            table.AddEmptyRow();
        }

        AddRow(table, Named(by.Count, "Total"), total);
        console.Write(table);
        Tell(console, answer, total.GetProperty("cost"));
    }

    private static void Tell(IAnsiConsole console, JsonElement answer, JsonElement cost)
    {
        console.WriteLine($"{answer.Moment("start")} to {answer.Moment("end")} UTC, {answer.GetProperty("total").Whole("people")} people.");
        var tables = string.Join(", ", cost.Items("priceTables").Select(table => table.GetString()));
        console.WriteLine(ShownText.Of($"Cost as reported by agents, else by price (*){(tables.Length > 0 ? $", table {tables}" : "")}."));
        if (cost.Whole("unpricedTokens") is > 0 and var unpriced)
        {
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Web.Figures.Exact(unpriced)} tokens ({cost.GetProperty("unpricedShare").GetDouble():P1} of all) have no known cost; see: gander prices check MODEL"));
        }

        if (answer.TryGetProperty("current", out var current) && current.ValueKind == JsonValueKind.False)
        {
            console.WriteLine("Telemetry that came lately is still being read; ask again in a moment.");
        }
    }

    // As text and not as markup: names come from telemetry.
    private static void AddRow(Table table, IEnumerable<string> key, JsonElement row)
    {
        var tokens = row.GetProperty("tokens");
        table.AddRow(key.Concat(
        [
            Cost(row.GetProperty("cost")),
            Count(tokens, "total"),
            Count(tokens, "input"),
            Count(tokens, "cacheRead"),
            Count(tokens, "output"),
            Count(row, "sessions"),
            Count(row, "turns"),
            Count(row, "modelCalls"),
            Count(row, "toolCalls"),
            Count(row, "toolFailures"),
        ]).Select(cell => new Text(ShownText.Of(cell))));
    }

    private static string Cost(JsonElement cost)
    {
        if (cost.GetProperty("usd") is not { ValueKind: JsonValueKind.Number } usd)
        {
            return "-";
        }

        return Web.Figures.Money(usd.GetDecimal()) + (cost.Text("provenance") is "reported" ? "" : "*");
    }

    private static string Count(JsonElement row, string name) =>
        row.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? Web.Figures.Count(number.GetInt64()) : "-";

    private static IEnumerable<string> Named(int columns, string name) => Enumerable.Range(0, columns).Select(column => column == 0 ? name : "");

    private static string Title(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
