using System.Collections.Concurrent;
using Gander.Load.Measuring;
using Gander.Load.Sending;

namespace Gander.Load.RemoteWrite;

/// <summary>
/// Pushes samples by Prometheus remote write as fast as the server takes them. All requests are built beforehand, so that this
/// program takes little CPU from the server it measures. Run it once.
/// </summary>
public sealed class RemoteWriteRun(RemoteWriteOptions options, TimeProvider time, IProgress<LoadProgress>? progress = null)
{
    private const long StepMillis = 15_000;
    private const string TypeOne = "application/x-protobuf";
    private const string TypeTwo = "application/x-protobuf;proto=io.prometheus.write.v2.Request";

    private static readonly TimeSpan SampleEvery = TimeSpan.FromMilliseconds(200);

    private readonly AnswerLog _answers = new(time);
    private readonly ServerProbe _server = new(options.ServerProcess, options.DataDirectory);
    private long _startedAt;

    /// <summary>Builds, sends and reports.</summary>
    public async Task<LoadReport> RunAsync(CancellationToken cancellationToken)
    {
        var bodies = new ConcurrentQueue<ExportBody>(Build(cancellationToken));
        var total = bodies.Count;
        GC.Collect();

        _server.Begin();
        var ownCpu = Environment.CpuUsage.TotalTime.TotalSeconds;
        _startedAt = time.GetTimestamp();
        var senders = Task.WhenAll(Enumerable.Range(0, options.Connections).Select(_ => SendAllAsync(bodies, cancellationToken)));
        while (!senders.IsCompleted)
        {
            await Task.WhenAny(senders, Task.Delay(SampleEvery, time, cancellationToken));
            progress?.Report(new LoadProgress(LoadPhase.Sending, 1 - (bodies.Count / (double)total), _answers.AcknowledgedRecords));
            _server.Sample();
        }

        await senders;
        return Report(time.GetElapsedTime(_startedAt).TotalSeconds, Environment.CpuUsage.TotalTime.TotalSeconds - ownCpu);
    }

    private List<ExportBody> Build(CancellationToken cancellationToken)
    {
        var series = SampleSeries.Make(options.Series);
        var encoder = new RemoteWriteEncoder(series, options.Version);
        var bodies = new List<ExportBody>();
        var firstMillis = time.GetUtcNow().ToUnixTimeMilliseconds() - (options.Rounds * StepMillis);
        for (var round = 0; round < options.Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var millis = firstMillis + (round * StepMillis);
            for (var first = 0; first < series.Count; first += options.SamplesPerRequest)
            {
                var count = Math.Min(options.SamplesPerRequest, series.Count - first);
                var (bytes, plain) = encoder.Encode(first, count, round, millis);
                bodies.Add(new ExportBody(
                    bodies.Count, ((long)round * series.Count) + first, count, millis * 1_000_000, "api/v1/write", options.Version == 1 ? TypeOne : TypeTwo, "snappy", bytes, plain));
            }

            progress?.Report(new LoadProgress(LoadPhase.Building, (round + 1) / (double)options.Rounds, 0));
        }

        return bodies;
    }

    private async Task SendAllAsync(ConcurrentQueue<ExportBody> bodies, CancellationToken cancellationToken)
    {
        using var client = new HttpExportClient(options.Endpoint, options.Token, TimeSpan.FromSeconds(30));
        while (time.GetElapsedTime(_startedAt) < options.Duration && bodies.TryDequeue(out var body))
        {
            ExportAnswer answer;
            var attempts = 0;
            do
            {
                var sentAt = _answers.Sent(body);
                attempts++;
                answer = await client.SendAsync(body, cancellationToken);
                _answers.Answered(body, answer, sentAt);
                if (answer.Outcome == ExportOutcome.RefusedForNow)
                {
                    await Task.Delay(answer.RetryAfter ?? SampleEvery, time, cancellationToken);
                }
            }
            while (answer.Outcome == ExportOutcome.RefusedForNow && time.GetElapsedTime(_startedAt) < options.Duration);

            _answers.Finished(new BodyResult(body.Index, body.FirstRecord, body.Records, body.TimeNanos, answer.Outcome, attempts));
        }
    }

    private LoadReport Report(double seconds, double ownCpu)
    {
        var (cpu, resident, disk) = _server.End();
        return _answers.Report(seconds) with
        {
            ServerCpuSeconds = cpu,
            ServerMaxResidentBytes = resident,
            OwnCpuSeconds = ownCpu,
            DiskBytes = disk,
        };
    }
}
