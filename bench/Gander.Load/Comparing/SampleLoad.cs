using Gander.Load.Measuring;
using Gander.Load.Sending;

namespace Gander.Load.Comparing;

/// <summary>
/// Writes all samples to one server. Each connection has instances of its own and none is far ahead of another, because
/// Prometheus takes samples of a series in order of time and of all series within an hour only.
/// </summary>
internal sealed class SampleLoad(DashboardSeries series, int connections, TimeProvider time, IProgress<LoadProgress>? progress)
{
    // Whole instances of at most 2,000 samples, as Prometheus sends.
    private const int InstancesARequest = 2_000 / DashboardSeries.SeriesAnInstance;
    private const int MinutesAhead = 15;
    private const int LongestWaits = 600;

    private readonly AnswerLog _answers = new(time);

    /// <summary>Writes a sample a minute of every series, the first at <paramref name="firstMillis"/>.</summary>
    public async Task<LoadReport> RunAsync(ComparedServer server, long firstMillis, int minutes, CancellationToken cancellationToken)
    {
        var requests = Enumerable.Range(0, (series.Instances + InstancesARequest - 1) / InstancesARequest)
            .Select(index => new SampleRequest(index * InstancesARequest, Math.Min(InstancesARequest, series.Instances - (index * InstancesARequest)), firstMillis))
            .ToArray();
        server.Probe.Begin();
        var started = time.GetTimestamp();
        using var clients = new Clients(server.Write, connections);
        for (var from = 0; from < minutes; from += MinutesAhead)
        {
            var to = Math.Min(minutes, from + MinutesAhead);
            await Task.WhenAll(Enumerable.Range(0, connections).Select(lane => Task.Run(
                async () =>
                {
                    for (var minute = from; minute < to; minute++)
                    {
                        for (var request = lane; request < requests.Length; request += connections)
                        {
                            await SendAsync(clients.Of(lane), requests[request], minute, firstMillis + (minute * 60_000L), cancellationToken);
                        }
                    }
                },
                cancellationToken)));
            server.Probe.Sample();
            progress?.Report(new LoadProgress(LoadPhase.Sending, (double)to / minutes, _answers.AcknowledgedRecords));
        }

        var seconds = time.GetElapsedTime(started).TotalSeconds;
        var (cpu, resident, disk) = server.Probe.End();
        return _answers.Report(seconds) with { ServerCpuSeconds = cpu, ServerMaxResidentBytes = resident, DiskBytes = disk };
    }

    private async Task SendAsync(HttpExportClient client, SampleRequest request, int minute, long millis, CancellationToken cancellationToken)
    {
        var bytes = request.Build(series, minute, millis);
        var body = new ExportBody(minute, 0, request.Samples, millis * 1_000_000, "api/v1/write", "application/x-protobuf", "snappy", bytes, request.PlainLength);
        for (var waits = 0; waits < LongestWaits; waits++)
        {
            var sentAt = _answers.Sent(body);
            var answer = await client.SendAsync(body, cancellationToken);
            _answers.Answered(body, answer, sentAt);
            if (answer.Outcome == ExportOutcome.Acknowledged)
            {
                return;
            }

            if (answer.Outcome == ExportOutcome.Refused)
            {
                break;
            }

            await Task.Delay(answer.RetryAfter ?? TimeSpan.FromMilliseconds(100), time, cancellationToken);
        }

        throw new InvalidOperationException("A request with samples was refused; the servers would not hold the same.");
    }

    private sealed class Clients(Uri endpoint, int count) : IDisposable
    {
        private readonly HttpExportClient[] _clients = [.. Enumerable.Range(0, count).Select(_ => new HttpExportClient(endpoint, null, TimeSpan.FromMinutes(2)))];

        public HttpExportClient Of(int lane) => _clients[lane];

        public void Dispose() => Array.ForEach(_clients, client => client.Dispose());
    }
}
