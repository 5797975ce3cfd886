using System.CommandLine;
using System.Text.Json;

namespace Gander.Commands.Queries;

/// <summary>What the commands that ask about a PromQL query take: the query, when it is meant, where to ask, and whether the answer is wanted as JSON.</summary>
internal sealed class QueryFlags
{
    private readonly SettingFlags _settings;
    private readonly Argument<string> _query = new("QUERY") { Description = "The query, such as 'sum by (service_name) (rate(traces_span_metrics_calls_total[5m]))'" };
    private readonly SpanFlags _span;
    private readonly Option<bool> _json;
    private readonly Option<string?> _server = QueryServer.Flag();

    public QueryFlags(Command command, string json)
    {
        _settings = new SettingFlags(command);
        _span = new SpanFlags(command);
        _json = new Option<bool>("--json") { Description = json };
        command.Add(_query);
        command.Add(_json);
        command.Add(_server);
    }

    /// <summary>Asks, and lets <paramref name="show"/> show the answer.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="terminal">Where it runs.</param>
    /// <param name="path">The path to ask, by whether a range is meant.</param>
    /// <param name="show">Gets the answer, whether a range was meant, and whether JSON is wanted.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The exit code.</returns>
    public Task<int> RunAsync(ParseResult parsed, Terminal terminal, Func<bool, string> path, Func<JsonElement, bool, bool, Task> show, CancellationToken cancellationToken)
    {
        var settings = _settings.Load(parsed, terminal, ServerAccess.OwnServer);
        var query = parsed.GetValue(_query)!;
        var (isRange, values) = _span.Parameters(parsed, terminal.Time);
        return QueryRun.RunAsync(query, parsed.GetValue(_server), settings, terminal, async target =>
        {
            using var answer = await target.AskAsync(path(isRange), [new("query", query), .. values], cancellationToken);
            await show(answer.RootElement, isRange, parsed.GetValue(_json));
        }, cancellationToken);
    }
}
