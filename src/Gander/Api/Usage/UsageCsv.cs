using System.Globalization;
using System.Text;
using Gander.Prices;

namespace Gander.Api.Usage;

/// <summary>Writes usage as CSV (RFC 4180): a header, then the rows. The total is not among them, as a sum over a column would count it twice.</summary>
internal static class UsageCsv
{
    private const int PieceChars = 32 * 1024;

    private static readonly string[] Figures =
    [
        "cost_usd", "cost_provenance", "reported_usd", "priced_usd", "unpriced_tokens", "input_tokens", "output_tokens", "cache_read_tokens", "cache_write_tokens",
        "reasoning_tokens", "total_tokens", "sessions", "people", "turns", "model_calls", "model_errors", "tool_calls", "tool_failures", "lines_added", "lines_removed",
        "commits", "pull_requests", "price_table",
    ];

    /// <summary>Writes the whole answer.</summary>
    public static async Task WriteAsync(HttpResponse response, UsageRequest request, UsageReport report, CancellationToken cancellationToken)
    {
        response.ContentType = "text/csv; charset=utf-8; header=present";
        response.Headers.ContentDisposition = "attachment; filename=\"usage.csv\"";
        var text = new StringBuilder();
        Line(text, request.By.Select(by => by.Name).Concat(Figures));
        foreach (var (key, total) in report.Rows)
        {
            Line(text, key.Select(Safe).Concat(Cells(total, distinct: true)));
            if (text.Length > PieceChars)
            {
                await response.WriteAsync(text.ToString(), cancellationToken);
                text.Clear();
            }
        }

        if (report.Others is { } others)
        {
            Line(text, request.By.Select((_, i) => i == 0 ? "(others)" : "").Concat(Cells(others, distinct: false)));
        }
        else if (request.By.Count == 0 && report.Rows.Count == 0)
        {
            Line(text, Cells(report.Total, distinct: true));
        }

        await response.WriteAsync(text.ToString(), cancellationToken);
    }

    private static IEnumerable<string> Cells(UsageTotal total, bool distinct)
    {
        var sums = total.Sums;
        return
        [
            sums.HasCost ? Money(sums.CostPicos) : "",
            sums.Provenance,
            Money(sums.ReportedPicos),
            Money(sums.PricedPicos),
            .. new[]
            {
                sums.UnpricedTokens, sums.Tokens.Input, sums.Tokens.Output, sums.Tokens.CacheRead, sums.Tokens.CacheWrite, sums.Tokens.Reasoning, sums.Tokens.Total,
            }.Select(Number),
            distinct ? Number(total.Sessions) : "",
            distinct ? Number(total.People) : "",
            .. new[] { sums.Turns, sums.ModelCalls, sums.ModelErrors, sums.ToolCalls, sums.ToolFailures, sums.LinesAdded, sums.LinesRemoved, sums.Commits, sums.PullRequests }.Select(Number),
            string.Join(' ', total.PriceTables),
        ];
    }

    // A spreadsheet would run a name from telemetry that begins like a formula.
    private static string Safe(string? text) => text is { Length: > 0 } && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? $"'{text}" : text ?? "";

    private static void Line(StringBuilder text, IEnumerable<string> cells)
    {
        text.AppendJoin(',', cells.Select(cell => cell.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell)).Append("\r\n");
    }

    private static string Money(Int128 picos) => Dollars.Of(picos).ToString("0.############", CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
