using System.CommandLine;
using Gander.Load.RemoteWrite;

namespace Gander.Load.Commands;

/// <summary><c>gander-load remote-write</c>: samples by Prometheus remote write, flat out.</summary>
internal sealed class RemoteWriteCommand : Command
{
    private readonly Option<int> _series = new("--series") { Description = "Series, each with one sample a round", DefaultValueFactory = _ => 50_000 };
    private readonly Option<int> _batch = new("--batch") { Description = "Samples a request", DefaultValueFactory = _ => 2_000 };
    private readonly Option<int> _rounds = new("--rounds") { Description = "Rounds, 15 seconds of sample time apart; all requests are built beforehand", DefaultValueFactory = _ => 200 };
    private readonly Option<double> _seconds = new("--seconds") { Description = "How long to send at most", DefaultValueFactory = _ => 30 };
    private readonly Option<int> _version = new("--protocol") { Description = "1 or 2", DefaultValueFactory = _ => 1 };
    private readonly TargetOptions _target = new();

    public RemoteWriteCommand()
        : base("remote-write", "Pushes Prometheus samples and measures the server")
    {
        _target.AddTo(this);
        foreach (var option in new Option[] { _series, _batch, _rounds, _seconds, _version })
        {
            Add(option);
        }

        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var options = new RemoteWriteOptions
        {
            Endpoint = _target.EndpointOf(arguments, grpc: false),
            Series = arguments.GetValue(_series),
            SamplesPerRequest = arguments.GetValue(_batch),
            Rounds = arguments.GetValue(_rounds),
            Duration = TimeSpan.FromSeconds(arguments.GetValue(_seconds)),
            Version = arguments.GetValue(_version),
            Connections = arguments.GetValue(_target.Connections),
            Token = arguments.GetValue(_target.Token),
            ServerProcess = arguments.GetValue(_target.ServerProcess),
            DataDirectory = arguments.GetValue(_target.Data),
        };
        var json = arguments.GetValue(_target.Json);
        var report = await ProgressView.ShowAsync(json, progress => new RemoteWriteRun(options, TimeProvider.System, progress).RunAsync(cancellationToken));
        ReportView.Print(report, json);
        return report.AcknowledgedRecords > 0 ? 0 : 1;
    }
}
