using System.CommandLine;
using Gander.Commands.Queries;

namespace Gander.Commands;

/// <summary><c>gander explain</c>: shows how a query is evaluated.</summary>
internal static class ExplainCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("explain", "Show how a PromQL query is evaluated, without evaluating it.");
        var flags = new SettingFlags(command);
        var query = new Argument<string>("QUERY") { Description = "The query" };
        var span = new SpanFlags(command);
        var json = new Option<bool>("--json") { Description = "Print the plan in JSON" };
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
                using var answer = await target.AskAsync("/api/v1/query_explain", [new("query", text), .. parameters.Values], cancellationToken);
                var data = answer.RootElement.GetProperty("data");
                await terminal.Output.WriteLineAsync(parsed.GetValue(json) ? data.GetProperty("plan").GetRawText() : data.GetProperty("text").GetString()!.TrimEnd());
            }, cancellationToken);
        });
        return command;
    }
}
