using System.CommandLine;
using Gander.Load.Comparing;

namespace Gander.Load.Commands;

/// <summary><c>gander-load compare</c>: the same samples and the same queries for Gander and Prometheus.</summary>
internal sealed class CompareCommand : Command
{
    private readonly Option<int> _series = new("--series") { Description = "Series, 46 an instance", DefaultValueFactory = _ => 50_000 };
    private readonly Option<int> _hours = new("--hours") { Description = "Hours of samples, one a minute", DefaultValueFactory = _ => 24 };
    private readonly Option<int> _runs = new("--runs") { Description = "Askings of each query after one that warms up", DefaultValueFactory = _ => 5 };
    private readonly Option<int> _connections = new("--connections") { Description = "Connections that write", DefaultValueFactory = _ => 4 };
    private readonly Option<string> _gander = new("--gander") { Description = "Gander's program or DLL", DefaultValueFactory = _ => "src/Gander/bin/Release/net10.0/gander.dll" };
    private readonly Option<string?> _prometheus = new("--prometheus") { Description = "Prometheus's program; without it Gander is measured alone" };
    private readonly Option<string> _data = new("--data") { Description = "Where the servers keep their data; what was loaded there before is asked again without loading", Required = true };
    private readonly Option<string?> _only = new("--only") { Description = "Ask only queries whose name contains this" };
    private readonly Option<int> _settle = new("--settle-seconds") { Description = "Quiet between the load and the queries", DefaultValueFactory = _ => 10 };
    private readonly Option<bool> _json = new("--json") { Description = "Print the report as JSON" };

    public CompareCommand()
        : base("compare", "Writes the same samples to Gander and Prometheus and compares what queries cost")
    {
        foreach (var option in new Option[] { _series, _hours, _runs, _connections, _gander, _prometheus, _data, _only, _settle, _json })
        {
            Add(option);
        }

        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var options = new CompareOptions
        {
            Series = arguments.GetValue(_series),
            Hours = arguments.GetValue(_hours),
            Runs = arguments.GetValue(_runs),
            Connections = arguments.GetValue(_connections),
            Gander = arguments.GetRequiredValue(_gander),
            Prometheus = arguments.GetValue(_prometheus),
            DataDirectory = arguments.GetRequiredValue(_data),
            Only = arguments.GetValue(_only),
            SettleSeconds = arguments.GetValue(_settle),
        };
        var json = arguments.GetValue(_json);
        var report = await ProgressView.ShowAsync(json, progress => new CompareRun(options, TimeProvider.System, progress).RunAsync(cancellationToken));
        CompareView.Print(report, json);
        return report.Queries.All(query => query.Difference is not { IsFew: false }) ? 0 : 1;
    }
}
