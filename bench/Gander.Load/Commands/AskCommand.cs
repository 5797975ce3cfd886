using System.CommandLine;
using Gander.Load.Asking;

namespace Gander.Load.Commands;

/// <summary><c>gander-load ask</c>: how long answers take, over what the server has stored.</summary>
internal sealed class AskCommand : Command
{
    private readonly Option<string> _endpoint = new("--endpoint") { Description = "Where the pages and their API are", DefaultValueFactory = _ => "http://127.0.0.1:4319" };
    private readonly Option<int> _count = new("--count") { Description = "How often each question is asked", DefaultValueFactory = _ => 100 };
    private readonly Option<int> _seed = new("--seed") { Description = "Seed of what is asked about", DefaultValueFactory = _ => 1 };
    private readonly Option<string?> _only = new("--only") { Description = "Ask only questions whose name contains this" };
    private readonly Option<string?> _token = new("--token") { Description = "Sent as Authorization: Bearer" };
    private readonly Option<int?> _server = new("--server-pid") { Description = "The server's process id, for its CPU time" };
    private readonly Option<bool> _json = new("--json") { Description = "Print the report as JSON" };

    public AskCommand()
        : base("ask", "Asks for traces, sessions and searches, one after the other, and measures the answers")
    {
        foreach (var option in new Option[] { _endpoint, _count, _seed, _only, _token, _server, _json })
        {
            Add(option);
        }

        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var endpoint = arguments.GetRequiredValue(_endpoint);
        var options = new AskOptions
        {
            Endpoint = new Uri(endpoint.EndsWith('/') ? endpoint : endpoint + "/"),
            Count = arguments.GetValue(_count),
            Seed = arguments.GetValue(_seed),
            Only = arguments.GetValue(_only),
            Token = arguments.GetValue(_token),
            ServerProcess = arguments.GetValue(_server),
        };
        var json = arguments.GetValue(_json);
        var report = await ProgressView.ShowAsync(
            json,
            async progress =>
            {
                using var run = new AskRun(options, TimeProvider.System, progress);
                return await run.RunAsync(cancellationToken);
            });
        AskView.Print(report, json);
        return 0;
    }
}
