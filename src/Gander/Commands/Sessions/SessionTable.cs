using System.Globalization;
using System.Text.Json;
using Gander.Commands.Queries;
using Spectre.Console;

namespace Gander.Commands.Sessions;

/// <summary>Shows a list of sessions as a table, the latest start first.</summary>
internal static class SessionTable
{
    private const int MaxTitle = 60;

    private static readonly string[] Columns = ["Key", "Started (UTC)", "Length", "Status", "Agent", "User", "Turns", "Models", "Tools", "Tokens", "Cost", "Title"];
    private static readonly string[] Figures = ["Length", "Turns", "Models", "Tools", "Tokens", "Cost"];

    /// <summary>Prints it.</summary>
    public static void Show(IAnsiConsole console, IReadOnlyList<JsonElement> sessions)
    {
        if (sessions.Count == 0)
        {
            console.WriteLine("No session.");
            return;
        }

        var table = new Table { Border = TableBorder.Simple };
        foreach (var column in Columns)
        {
            table.AddColumn(new TableColumn(column) { NoWrap = true, Alignment = Figures.Contains(column) ? Justify.Right : Justify.Left });
        }

        foreach (var session in sessions)
        {
            table.AddRow(Cells(session));
        }

        console.Write(table);
    }

    // As text and not as markup: titles and names come from telemetry.
    private static IEnumerable<Text> Cells(JsonElement session)
    {
        var status = session.Text("status") ?? "unknown";
        yield return Plain(session.Text("key"));
        yield return Plain(session.Moment("start"));
        yield return Plain(Web.Figures.Duration(session.Nanos("durationMs")));
        yield return new Text(ShownText.Of(status), SessionStyles.OfStatus(status));
        yield return Plain(session.Text("agent"));
        yield return Plain(session.Text("user"));
        yield return Plain(Count(session.Whole("turnCount")));
        yield return Plain(Calls(session.Whole("modelCalls"), session.Whole("modelErrors"), true));
        yield return Plain(Calls(session.Whole("toolCalls"), session.Whole("toolFailures"), session.TryGetProperty("toolFailuresKnown", out var known) && known.ValueKind == JsonValueKind.True));
        yield return Plain(session.TryGetProperty("tokens", out var tokens) && tokens.Whole("total") is > 0 and var total ? Web.Figures.Count(total) : "-");
        yield return Plain(session.TryGetProperty("cost", out var cost) && cost.Number("usd") is { } usd ? Web.Figures.Money(usd) : "-");
        yield return Plain(Short(session.Text("title")));
    }

    private static Text Plain(string? text) => new(ShownText.Of(text ?? "-"));

    private static string Count(long count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Calls(long calls, long failed, bool known) => $"{Count(calls)}{(failed > 0 ? $" ({Count(failed)} failed)" : known || calls == 0 ? "" : " (?)")}";

    private static string? Short(string? title) => title is { Length: > MaxTitle } ? title[..(MaxTitle - 1)] + "…" : title;
}
