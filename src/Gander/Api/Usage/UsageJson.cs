using System.Text.Json;
using Gander.Prices;
using Gander.Sessions.Usage;

namespace Gander.Api.Usage;

/// <summary>Writes usage as the API's <c>Usage</c> schema describes it.</summary>
internal static class UsageJson
{
    /// <summary>Writes the whole answer.</summary>
    public static async ValueTask WriteAsync(JsonAnswer answer, UsageRequest request, UsageReport report, bool current)
    {
        var json = answer.Writer;
        json.WriteStartObject();
        json.WriteTime("start", request.Query.Range.StartNanos);
        json.WriteTime("end", request.Query.Range.EndNanos);
        json.WriteTexts("by", [.. request.By.Select(by => by.Name)]);
        json.WriteStartArray("rows");
        foreach (var (key, total) in report.Rows)
        {
            json.WriteStartObject();
            json.WriteStartObject("key");
            for (var i = 0; i < key.Length; i++)
            {
                json.WriteText(request.By[i].Name, key[i]);
            }

            json.WriteEndObject();
            WriteFigures(json, total, distinct: true);
            json.WriteEndObject();
            await answer.SendGatheredAsync();
        }

        json.WriteEndArray();
        json.WriteNumber("rowCount", report.RowCount);
        json.WritePropertyName("others");
        if (report.Others is { } others)
        {
            json.WriteStartObject();
            WriteFigures(json, others, distinct: false);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteStartObject("total");
        WriteFigures(json, report.Total, distinct: true);
        json.WriteEndObject();
        json.WriteBoolean("current", current);
        json.WriteEndObject();
    }

    private static void WriteFigures(Utf8JsonWriter json, UsageTotal total, bool distinct)
    {
        var sums = total.Sums;
        if (distinct)
        {
            json.WriteNumber("sessions", total.Sessions);
            json.WriteNumber("people", total.People);
        }
        else
        {
            json.WriteNull("sessions");
            json.WriteNull("people");
        }

        json.WriteNumber("turns", sums.Turns);
        json.WriteNumber("modelCalls", sums.ModelCalls);
        json.WriteNumber("modelErrors", sums.ModelErrors);
        json.WriteNumber("toolCalls", sums.ToolCalls);
        json.WriteNumber("toolFailures", sums.ToolFailures);
        json.WriteTokens("tokens", sums.Tokens);
        WriteCost(json, total);
        json.WriteStartObject("changes");
        json.WriteNumber("linesAdded", sums.LinesAdded);
        json.WriteNumber("linesRemoved", sums.LinesRemoved);
        json.WriteNumber("commits", sums.Commits);
        json.WriteNumber("pullRequests", sums.PullRequests);
        json.WriteEndObject();
    }

    private static void WriteCost(Utf8JsonWriter json, UsageTotal total)
    {
        var sums = total.Sums;
        json.WriteStartObject("cost");
        json.WriteFigure("usd", sums.HasCost ? Dollars.Of(sums.CostPicos) : null);
        json.WriteString("provenance", sums.Provenance);
        json.WriteNumber("reportedUsd", Dollars.Of(sums.ReportedPicos));
        json.WriteNumber("pricedUsd", Dollars.Of(sums.PricedPicos));
        json.WriteNumber("reportedTokens", sums.ReportedTokens);
        json.WriteNumber("pricedTokens", sums.PricedTokens);
        json.WriteNumber("unpricedTokens", sums.UnpricedTokens);
        json.WriteNumber("unpricedShare", UnpricedShare(sums));
        json.WriteTexts("priceTables", total.PriceTables);
        json.WriteEndObject();
    }

    /// <summary>The share of the tokens whose cost is not known, 0 to 1.</summary>
    public static double UnpricedShare(UsageSums sums) => sums.Tokens.Total > 0 ? Math.Clamp((double)sums.UnpricedTokens / sums.Tokens.Total, 0, 1) : 0;
}
