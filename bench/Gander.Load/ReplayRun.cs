using Gander.Load.Measuring;
using Gander.Load.Sending;

namespace Gander.Load;

/// <summary>
/// Sends captured export requests again, byte for byte: the requests of one scenario in their order, several scenarios at a
/// time. gRPC requests go to the gRPC endpoint and all others to the HTTP one. Run it once.
/// </summary>
/// <param name="folders">Folders with captured scenarios at or below them.</param>
/// <param name="http">Where HTTP requests go; a captured path replaces its path.</param>
/// <param name="grpc">Where gRPC requests go.</param>
/// <param name="time">The clock.</param>
public sealed class ReplayRun(IReadOnlyList<string> folders, Uri http, Uri grpc, TimeProvider time)
{
    private readonly AnswerLog _answers = new(time);

    /// <summary>Sent as <c>Authorization: Bearer</c>.</summary>
    public string? Token { get; init; }

    /// <summary>Scenarios under way at a time.</summary>
    public int Connections { get; init; } = 1;

    /// <summary>How often everything is sent. A server that recognises a repeated export stores it once.</summary>
    public int Times { get; init; } = 1;

    /// <summary>How long one request may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Sends everything and reports.</summary>
    public async Task<LoadReport> RunAsync(IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        var scenarios = CapturedBodies.Read(folders);
        var startedAt = time.GetTimestamp();
        var finished = 0;
        for (var round = 0; round < Times; round++)
        {
            await Parallel.ForEachAsync(
                scenarios,
                new ParallelOptions { MaxDegreeOfParallelism = Connections, CancellationToken = cancellationToken },
                async (scenario, cancel) =>
                {
                    await SendAsync(scenario, cancel);
                    var share = Interlocked.Increment(ref finished) / (double)(scenarios.Count * Times);
                    progress?.Report(new LoadProgress(LoadPhase.Sending, share, _answers.AcknowledgedRecords));
                });
        }

        var seconds = time.GetElapsedTime(startedAt).TotalSeconds;
        return _answers.Report(seconds) with
        {
            OwnCpuSeconds = Environment.CpuUsage.TotalTime.TotalSeconds,
        };
    }

    private async Task SendAsync(IReadOnlyList<ExportBody> scenario, CancellationToken cancellationToken)
    {
        using var httpClient = new HttpExportClient(http, Token, Timeout);
        using var grpcClient = new GrpcExportClient(grpc, Token, Timeout);
        foreach (var body in scenario)
        {
            var sentAt = _answers.Sent(body);
            IExportClient client = body.ContentType.StartsWith("application/grpc", StringComparison.Ordinal) ? grpcClient : httpClient;
            var answer = await client.SendAsync(body, cancellationToken);
            _answers.Answered(body, answer, sentAt);
            _answers.Finished(new BodyResult(body.Index, body.FirstRecord, body.Records, body.TimeNanos, answer.Outcome, Attempts: 1));
        }
    }
}
