using System.Globalization;
using System.Text.Json;
using Gander.Query.PromQl.Syntax;
using Spectre.Console;

namespace Gander.Commands.Queries;

/// <summary>Shows the answer of a query at one instant as a table.</summary>
internal static class AnswerTable
{
    /// <summary>Prints it.</summary>
    public static void Show(IAnsiConsole console, JsonElement data)
    {
        var result = data.GetProperty("result");
        switch (data.GetProperty("resultType").GetString())
        {
            case "scalar" or "string":
                console.WriteLine(ShownText.Of(result[1].GetString() ?? ""));
                break;
            case "vector":
                ShowRows(console, ["Series", "Value"], result.EnumerateArray().Select(sample => new[] { SeriesName(sample.GetProperty("metric")), Value(sample) }));
                break;
            default:
                ShowRows(console, ["Series", "Time", "Value"], result.EnumerateArray().SelectMany(Samples));
                break;
        }
    }

    /// <summary>A series as PromQL writes it.</summary>
    public static string SeriesName(JsonElement metric)
    {
        var name = metric.TryGetProperty("__name__", out var named) ? named.GetString() : "";
        var inside = string.Join(", ", metric.EnumerateObject().Where(label => label.Name != "__name__").Select(label => $"{label.Name}={Literals.Quote(label.Value.GetString() ?? "")}"));
        return ShownText.Of(inside.Length > 0 || string.IsNullOrEmpty(name) ? $"{name}{{{inside}}}" : name);
    }

    /// <summary>A time of an answer in UTC.</summary>
    public static string Time(JsonElement seconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(seconds.GetDecimal() * 1000)).ToString("yyyy-MM-dd HH:mm:ss.FFF", CultureInfo.InvariantCulture);

    private static void ShowRows(IAnsiConsole console, string[] columns, IEnumerable<string[]> rows)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(column) { NoWrap = column != "Series", Alignment = column == "Value" ? Justify.Right : Justify.Left });
        }

        foreach (var row in rows)
        {
            // As text and not as markup: labels come from telemetry.
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        if (table.Rows.Count == 0)
        {
            console.WriteLine("No series.");
            return;
        }

        console.Write(table);
    }

    private static IEnumerable<string[]> Samples(JsonElement series)
    {
        var name = SeriesName(series.GetProperty("metric"));
        foreach (var list in new[] { "values", "histograms" })
        {
            if (series.TryGetProperty(list, out var samples))
            {
                foreach (var sample in samples.EnumerateArray())
                {
                    yield return [name, Time(sample[0]), Value(sample[1])];
                }
            }
        }
    }

    private static string Value(JsonElement sample) => sample.ValueKind switch
    {
        JsonValueKind.String => sample.GetString() ?? "",
        JsonValueKind.Object when sample.TryGetProperty("value", out var value) => Value(value[1]),
        JsonValueKind.Object when sample.TryGetProperty("histogram", out var histogram) => Value(histogram[1]),
        _ => $"count {sample.GetProperty("count").GetString()}, sum {sample.GetProperty("sum").GetString()}",
    };
}
