using System.CommandLine;
using System.Text.Json;
using Gander.Commands.Queries;

namespace Gander.Commands;

/// <summary><c>gander query</c>: asks PromQL and shows a table, a chart or JSON.</summary>
internal static class QueryCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("query", "Ask PromQL: a table at one instant, a chart over a range.");
        var flags = new SettingFlags(command);
        var query = new Argument<string>("QUERY") { Description = "The query, such as 'sum by (service_name) (rate(traces_span_metrics_calls_total[5m]))'" };
        var span = new SpanFlags(command);
        var json = new Option<bool>("--json") { Description = "Print the answer in JSON, as Prometheus' API gives it" };
        var server = QueryServer.Flag();
        command.Add(query);
        command.Add(json);
        command.Add(server);
        command.SetAction((parsed, cancellationToken) =>
        {
            var settings = flags.Load(parsed, terminal, ServerAccess.OwnServer);
            var text = parsed.GetValue(query)!;
            var parameters = span.Parameters(parsed, terminal.Time);
            return QueryRun.RunAsync(text, parsed.GetValue(server), settings, terminal, async target =>
            {
                using var answer = await target.AskAsync(parameters.IsRange ? "/api/v1/query_range" : "/api/v1/query", [new("query", text), .. parameters.Values], cancellationToken);
                if (parsed.GetValue(json))
                {
                    await terminal.Output.WriteLineAsync(answer.RootElement.GetRawText());
                    return;
                }

                Show(terminal, answer.RootElement, parameters.IsRange);
            }, cancellationToken);
        });
        return command;
    }

    private static void Show(Terminal terminal, JsonElement answer, bool isRange)
    {
        var screen = terminal.Screen();
        if (isRange)
        {
            RangeChart.Show(screen, answer.GetProperty("data"));
        }
        else
        {
            AnswerTable.Show(screen, answer.GetProperty("data"));
        }

        QueryRun.TellNotes(screen, answer);
    }
}
