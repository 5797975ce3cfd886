using System.CommandLine;

namespace Gander.Load.Commands;

/// <summary><c>gander-load replay</c>: captured requests, byte for byte.</summary>
internal sealed class ReplayCommand : Command
{
    private readonly Argument<string[]> _folders = new("folders")
    {
        Description = "Folders with captured scenarios (manifest.json and bodies) at or below them",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _grpc = new("--grpc-endpoint") { Description = "Where gRPC requests go", DefaultValueFactory = _ => "http://127.0.0.1:4317" };
    private readonly Option<int> _times = new("--times") { Description = "How often everything is sent", DefaultValueFactory = _ => 1 };
    private readonly TargetOptions _target = new();

    public ReplayCommand()
        : base("replay", "Sends captured export requests again")
    {
        Add(_folders);
        _target.AddTo(this);
        Add(_grpc);
        Add(_times);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var json = arguments.GetValue(_target.Json);
        var run = new ReplayRun(
            arguments.GetRequiredValue(_folders), _target.EndpointOf(arguments, grpc: false), new Uri(arguments.GetRequiredValue(_grpc)), TimeProvider.System)
        {
            Connections = arguments.GetValue(_target.Connections),
            Times = arguments.GetValue(_times),
            Token = arguments.GetValue(_target.Token),
        };
        var report = await ProgressView.ShowAsync(json, progress => run.RunAsync(progress, cancellationToken));
        ReportView.Print(report, json);
        return report is { AcknowledgedRequests: > 0, UnacknowledgedRequests: 0 } ? 0 : 1;
    }
}
