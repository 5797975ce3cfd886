using System.Net;
using Gander.Load;
using Gander.Load.Generation;
using Gander.Load.Sending;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gander.EndToEnd;

/// <summary>The load generator itself: what it sends, and that it believes only what it was told.</summary>
public sealed class LoadGeneratorTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void A_record_is_found_again_by_its_span_id()
    {
        var id = new RecordId(Run: 7, Number: 123_456_789);

        Assert.Equal(id, RecordId.FromSpanId(id.ToSpanId()));
        Assert.NotEqual(0UL, new RecordId(1, 0).ToSpanId());
    }

    [Theory]
    [InlineData(LoadSignal.Traces, 1_200, 1_500)]
    [InlineData(LoadSignal.Logs, 780, 950)]
    public async Task Records_have_the_size_that_the_storage_was_designed_for(LoadSignal signal, int leastBytes, int mostBytes)
    {
        await using var receiver = await Receiver.StartAsync(_ => 200);

        var report = await RunAsync(receiver, signal, count: 5_120);

        Assert.Equal((5_120, 10), (report.AcknowledgedRecords, report.AcknowledgedRequests));
        Assert.InRange(report.PlainBytes / report.AcknowledgedRecords, leastBytes, mostBytes);
    }

    [Fact]
    public async Task Only_an_acknowledged_request_counts_as_acknowledged()
    {
        await using var receiver = await Receiver.StartAsync(request => request switch { 0 => 503, 1 => 400, _ => 200 });

        var report = await RunAsync(receiver, LoadSignal.Traces, count: 4 * 512, connections: 1);

        Assert.Equal(2 * 512, report.AcknowledgedRecords);
        Assert.Equal(
            [ExportOutcome.Acknowledged, ExportOutcome.Acknowledged, ExportOutcome.RefusedForNow, ExportOutcome.Refused],
            report.Bodies.Select(body => body.Outcome).Order());
        Assert.Equal(["400", "503"], report.Refusals.Keys);
    }

    [Fact]
    public async Task A_request_refused_for_now_is_sent_again_with_the_same_bytes()
    {
        await using var receiver = await Receiver.StartAsync(request => request == 0 ? 503 : 200);

        var report = await RunAsync(receiver, LoadSignal.Traces, count: 512, retryFor: TimeSpan.FromSeconds(10));

        Assert.Equal((512, 2), (report.AcknowledgedRecords, Assert.Single(report.Bodies).Attempts));
        Assert.Single(receiver.Bodies.Distinct());
    }

    private static Task<LoadReport> RunAsync(Receiver receiver, LoadSignal signal, long count, int connections = 2, TimeSpan retryFor = default) =>
        new LoadRun(
            new LoadOptions { Endpoint = receiver.Address, Signal = signal, Count = count, Connections = connections, RetryFor = retryFor, Builders = 1 },
            TimeProvider.System).RunAsync(Cancel);

    /// <summary>Answers exports with chosen statuses and keeps a hash of each body.</summary>
    private sealed class Receiver(WebApplication application, List<string> bodies) : IAsyncDisposable
    {
        public IReadOnlyList<string> Bodies => bodies;

        public Uri Address => new(application.Urls.Single() + "/");

        public static async Task<Receiver> StartAsync(Func<int, int> statusOf)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
            var application = builder.Build();
            var bodies = new List<string>();
            application.MapPost("/v1/{signal}", async (HttpContext context) =>
            {
                var hash = Convert.ToHexString(await System.Security.Cryptography.SHA256.HashDataAsync(context.Request.Body, context.RequestAborted));
                lock (bodies)
                {
                    context.Response.StatusCode = statusOf(bodies.Count);
                    bodies.Add(hash);
                }
            });
            await application.StartAsync(Cancel);
            return new Receiver(application, bodies);
        }

        public ValueTask DisposeAsync() => application.DisposeAsync();
    }
}
