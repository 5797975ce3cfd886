using System.Net;
using Gander.Stores;
using Gander.Tests.Stores;

namespace Gander.Tests.Hosting;

public sealed class HealthTests
{
    [Fact]
    public async Task A_server_that_takes_telemetry_is_ready_and_one_whose_store_refuses_is_not()
    {
        await using var ready = await TestServer.StartAsync();
        await using var full = await TestServer.StartAsync(new FullStore());

        using var first = await ready.Otlp.GetAsync("/readyz", TestContext.Current.CancellationToken);
        using var second = await full.Otlp.GetAsync("/readyz", TestContext.Current.CancellationToken);
        using var alive = await full.Otlp.GetAsync("/healthz", TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (first.StatusCode, second.StatusCode, alive.StatusCode));
    }

    // A store as it is while the disk is full.
    private sealed class FullStore : ITelemetryStore
    {
        private readonly InMemoryStore _inner = new();

        public ISpanStore Spans => _inner.Spans;

        public ILogStore Logs => _inner.Logs;

        public IMetricStore Metrics => _inner.Metrics;

        public ISessionStore Sessions => _inner.Sessions;

        public StoreStatus Status() => new([.. _inner.Status().Signals.Select(signal => signal with { AcceptsWrites = false })], ["The disk is full."]);

        public Task SweepAsync(long nowNanos, CancellationToken cancellationToken) => Task.FromException(new StoreUnavailableException("The disk is full."));

        public Task BackupAsync(string directory, IProgress<double>? progress, CancellationToken cancellationToken) => Task.CompletedTask;

        public ValueTask DisposeAsync() => _inner.DisposeAsync();
    }
}
