using System.CommandLine;

namespace Gander.Load.Commands;

/// <summary><c>gander-load run</c>: generated telemetry at a given rate or flat out.</summary>
internal sealed class LoadCommand : Command
{
    private readonly Option<LoadSignal> _signal = new("--signal") { Description = "traces, logs or metrics", DefaultValueFactory = _ => LoadSignal.Traces };
    private readonly Option<BodyCompression> _compression = new("--compression") { Description = "none, gzip or zstd", DefaultValueFactory = _ => BodyCompression.Gzip };
    private readonly Option<Transport> _transport = new("--transport") { Description = "protobuf, json or grpc", DefaultValueFactory = _ => Transport.Protobuf };
    private readonly Option<int> _batch = new("--batch") { Description = "Records a request", DefaultValueFactory = _ => 512 };
    private readonly Option<double?> _rate = new("--rate") { Description = "Records a second over all connections; flat out without it" };
    private readonly Option<long?> _count = new("--count") { Description = "Records to send, rounded up to whole requests" };
    private readonly Option<double?> _seconds = new("--seconds") { Description = "How long to send" };
    private readonly Option<long> _buffer = new("--buffer-mb") { Description = "Megabytes of requests built before the clock starts", DefaultValueFactory = _ => 2_048 };
    private readonly Option<int> _builders = new("--builders") { Description = "Threads that build requests", DefaultValueFactory = _ => Environment.ProcessorCount };
    private readonly Option<double> _spread = new("--spread-hours") { Description = "How far back event times reach", DefaultValueFactory = _ => 0 };
    private readonly Option<int> _seed = new("--seed") { Description = "Seed of everything random", DefaultValueFactory = _ => 1 };
    private readonly Option<ushort> _run = new("--run") { Description = "Number of the run, 1 to 65,535: part of every record's id", DefaultValueFactory = _ => 1 };
    private readonly Option<double> _retry = new("--retry-seconds") { Description = "How long to send a request again that was refused for now or got no answer", DefaultValueFactory = _ => 0 };
    private readonly Option<double> _settle = new("--settle-seconds") { Description = "How long to go on measuring after the last answer", DefaultValueFactory = _ => 0 };
    private readonly Option<string?> _corpus = new("--corpus") { Description = "A large text file to cut contents from, instead of the SDK's documentation" };
    private readonly Option<string?> _acks = new("--acks") { Description = "Write what became of each request to this file, a JSON object a line" };
    private readonly TargetOptions _target = new();

    public LoadCommand()
        : base("run", "Sends generated coding-agent telemetry and measures the server")
    {
        _target.AddTo(this);
        foreach (var option in new Option[] { _signal, _transport, _compression, _batch, _rate, _count, _seconds, _buffer, _builders, _spread, _seed, _run, _retry, _settle, _corpus, _acks })
        {
            Add(option);
        }

        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var options = Read(arguments);
        var report = await ProgressView.ShowAsync(
            arguments.GetValue(_target.Json), progress => new LoadRun(options, TimeProvider.System, progress).RunAsync(cancellationToken));
        if (arguments.GetValue(_acks) is { } acks)
        {
            await AckFile.WriteAsync(acks, report.Bodies, cancellationToken);
        }

        ReportView.Print(report, arguments.GetValue(_target.Json));
        return report.AcknowledgedRecords > 0 ? 0 : 1;
    }

    private LoadOptions Read(ParseResult arguments)
    {
        var transport = arguments.GetValue(_transport);
        return new LoadOptions
        {
            Endpoint = _target.EndpointOf(arguments, grpc: transport == Transport.Grpc),
            Signal = arguments.GetValue(_signal),
            Transport = transport,
            Compression = arguments.GetValue(_compression),
            BatchSize = arguments.GetValue(_batch),
            Connections = arguments.GetValue(_target.Connections),
            Rate = arguments.GetValue(_rate),
            Count = arguments.GetValue(_count),
            Duration = arguments.GetValue(_seconds) is { } seconds ? TimeSpan.FromSeconds(seconds)
                : arguments.GetValue(_count) is null ? TimeSpan.FromSeconds(30) : null,
            BufferBytes = arguments.GetValue(_buffer) << 20,
            Builders = arguments.GetValue(_builders),
            Spread = TimeSpan.FromHours(arguments.GetValue(_spread)),
            Seed = arguments.GetValue(_seed),
            Run = arguments.GetValue(_run),
            Token = arguments.GetValue(_target.Token),
            RetryFor = TimeSpan.FromSeconds(arguments.GetValue(_retry)),
            CorpusFile = arguments.GetValue(_corpus),
            ServerProcess = arguments.GetValue(_target.ServerProcess),
            DataDirectory = arguments.GetValue(_target.Data),
            Settle = TimeSpan.FromSeconds(arguments.GetValue(_settle)),
        };
    }
}
