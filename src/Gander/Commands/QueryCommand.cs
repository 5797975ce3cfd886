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
        var flags = new QueryFlags(command, json: "Print the answer in JSON, as Prometheus' API gives it");
        command.SetAction((parsed, cancellationToken) => flags.RunAsync(
            parsed,
            terminal,
            isRange => isRange ? "/api/v1/query_range" : "/api/v1/query",
            async (answer, isRange, json) =>
            {
                if (json)
                {
                    await terminal.Output.WriteLineAsync(answer.GetRawText());
                    return;
                }

                Show(terminal, answer, isRange);
            },
            cancellationToken));
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
