using Gander.Load.Measuring;
using Gander.Load.Sending;

namespace Gander.Load;

/// <summary>
/// Sends generated telemetry to a receiver and measures it. Bodies are built and compressed beforehand, so that during the run
/// this program takes little CPU from the server it measures. Run it once.
/// </summary>
public sealed class LoadRun(LoadOptions options, TimeProvider time, IProgress<LoadProgress>? progress = null)
{
    private static readonly TimeSpan SampleEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(1);

    private readonly AnswerLog _answers = new(time);
    private readonly ServerProbe _server = new(options.ServerProcess, options.DataDirectory);
    private long _startedAt;
    private long _scheduled;

    /// <summary>Builds, sends, settles, and reports. Cancelling ends the sending early and still reports what was measured.</summary>
    public async Task<LoadReport> RunAsync(CancellationToken cancellationToken)
    {
        if (options is { Count: null, Duration: null })
        {
            throw new ArgumentException("A run needs a number of records or a duration.");
        }

        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.BatchSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Connections);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Rate ?? 1);
        await using var queue = new BodyQueue(options, time);
        await FillAsync(queue, cancellationToken);
        GC.Collect();

        _server.Begin();
        var ownCpu = Environment.CpuUsage.TotalTime.TotalSeconds;
        _startedAt = time.GetTimestamp();
        var senders = Task.WhenAll(Enumerable.Range(0, options.Connections).Select(_ => SendAllAsync(queue, cancellationToken)));
        await WatchAsync(senders, LoadPhase.Sending, () => Share(queue));
        await senders;
        var seconds = time.GetElapsedTime(_startedAt).TotalSeconds;
        ownCpu = Environment.CpuUsage.TotalTime.TotalSeconds - ownCpu;
        if (options.Settle > TimeSpan.Zero && !cancellationToken.IsCancellationRequested)
        {
            await WatchAsync(Task.Delay(options.Settle, time, cancellationToken), LoadPhase.Settling, () => 0);
        }

        return Report(queue, seconds, ownCpu);
    }

    private async Task FillAsync(BodyQueue queue, CancellationToken cancellationToken)
    {
        var filling = queue.FillAsync(cancellationToken);
        await WatchAsync(filling, LoadPhase.Building, () => Math.Max(
            queue.Total == long.MaxValue ? 0 : (double)queue.Built / queue.Total,
            (double)queue.WaitingBytes / options.BufferBytes));
        await filling;
    }

    private async Task WatchAsync(Task work, LoadPhase phase, Func<double> share)
    {
        while (!work.IsCompleted)
        {
            await Task.WhenAny(work, Task.Delay(SampleEvery, time));
            progress?.Report(new LoadProgress(phase, Math.Clamp(share(), 0, 1), _answers.AcknowledgedRecords));
            if (phase != LoadPhase.Building)
            {
                _server.Sample();
            }
        }
    }

    private double Share(BodyQueue queue) => Math.Max(
        queue.Total == long.MaxValue ? 0 : (double)Interlocked.Read(ref _scheduled) / queue.Total,
        options.Duration is { } duration ? time.GetElapsedTime(_startedAt) / duration : 0);

    private async Task SendAllAsync(BodyQueue queue, CancellationToken cancellationToken)
    {
        using var client = Connect();
        try
        {
            while (!cancellationToken.IsCancellationRequested && !IsOver() && await queue.TakeAsync(cancellationToken) is { } body)
            {
                await WaitForTurnAsync(cancellationToken);
                await SendAsync(client, body, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ended early: what was measured until here is reported.
        }
    }

    private bool IsOver() => options.Duration is { } duration && time.GetElapsedTime(_startedAt) >= duration;

    // Requests are due at equal distances from the start, whoever sends them, so a slow answer does not lower the rate.
    private async Task WaitForTurnAsync(CancellationToken cancellationToken)
    {
        var turn = Interlocked.Increment(ref _scheduled) - 1;
        if (options.Rate is not { } rate)
        {
            return;
        }

        var wait = TimeSpan.FromSeconds(turn * options.BatchSize / rate) - time.GetElapsedTime(_startedAt);
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, cancellationToken);
        }
    }

    private async Task SendAsync(IExportClient client, ExportBody body, CancellationToken cancellationToken)
    {
        var firstSent = time.GetTimestamp();
        var outcome = ExportOutcome.Unknown;
        var attempts = 0;
        try
        {
            while (true)
            {
                var sentAt = _answers.Sent(body);
                attempts++;
                var answer = await client.SendAsync(body, cancellationToken);
                _answers.Answered(body, answer, sentAt);
                outcome = Worse(outcome, answer.Outcome, attempts);
                if (answer.Outcome is ExportOutcome.Acknowledged or ExportOutcome.Refused || time.GetElapsedTime(firstSent) >= options.RetryFor)
                {
                    return;
                }

                await Task.Delay(Backoff(attempts, answer.RetryAfter), time, cancellationToken);
            }
        }
        finally
        {
            _answers.Finished(new BodyResult(body.Index, body.FirstRecord, body.Records, body.TimeNanos, outcome, attempts));
        }
    }

    // Once an answer was lost, only an acknowledgement tells that the server has the body: a later refusal does not tell that it has not.
    private static ExportOutcome Worse(ExportOutcome before, ExportOutcome now, int attempts) =>
        attempts > 1 && before == ExportOutcome.Unknown && now != ExportOutcome.Acknowledged ? ExportOutcome.Unknown : now;

    private static TimeSpan Backoff(int attempts, TimeSpan? asked)
    {
        var own = TimeSpan.FromMilliseconds(50 * Math.Pow(2, Math.Min(attempts, 6)));
        return TimeSpan.FromTicks(Math.Min((asked ?? own).Ticks, LongestBackoff.Ticks));
    }

    private IExportClient Connect() => options.Transport == Transport.Grpc
        ? new GrpcExportClient(options.Endpoint, options.Token, options.Timeout)
        : new HttpExportClient(options.Endpoint, options.Token, options.Timeout);

    private LoadReport Report(BodyQueue queue, double seconds, double ownCpu)
    {
        var (cpu, resident, disk) = _server.End();
        return _answers.Report(seconds) with
        {
            BodiesBuiltLate = queue.BuiltLate,
            ServerCpuSeconds = cpu,
            ServerMaxResidentBytes = resident,
            OwnCpuSeconds = ownCpu,
            DiskBytes = disk,
        };
    }
}
