using System.CommandLine;
using Gander.Commands.Queries;

namespace Gander.Commands;

/// <summary><c>gander explain</c>: shows how a query is evaluated.</summary>
internal static class ExplainCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("explain", "Show how a PromQL query is evaluated, without evaluating it.");
        var flags = new QueryFlags(command, json: "Print the plan in JSON");
        command.SetAction((parsed, cancellationToken) => flags.RunAsync(
            parsed,
            terminal,
            _ => "/api/v1/query_explain",
            (answer, _, json) =>
            {
                var data = answer.GetProperty("data");
                return terminal.Output.WriteLineAsync(json ? data.GetProperty("plan").GetRawText() : data.GetProperty("text").GetString()!.TrimEnd());
            },
            cancellationToken));
        return command;
    }
}
