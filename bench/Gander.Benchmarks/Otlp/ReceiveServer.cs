using System.Net;
using Gander.Otlp;
using Gander.Stores;
using Gander.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Gander.Benchmarks.Otlp;

/// <summary>
/// The receivers without a store behind them: what is measured with the load generator against it is the cost of HTTP, unpacking,
/// decoding and queueing alone. HTTP on the given port, gRPC on the next.
/// </summary>
internal static class ReceiveServer
{
    public static async Task RunAsync(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, port + 1, listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddRouting().AddLogging().AddOtlp().AddSingleton<ITelemetryStore, DiscardingStore>();
        var application = builder.Build();
        application.MapWhen(context => context.Connection.LocalPort == port, branch => branch.UseRouting().UseEndpoints(routes => routes.MapOtlpHttp()));
        application.MapWhen(context => context.Connection.LocalPort != port, branch => branch.UseRouting().UseEndpoints(routes => routes.MapOtlpGrpc()));
        await application.StartAsync();
        Console.WriteLine($"pid {Environment.ProcessId}, http://127.0.0.1:{port}, gRPC http://127.0.0.1:{port + 1}; end with Enter");
        Console.ReadLine();
        await application.StopAsync();
    }

    private sealed class DiscardingStore : ITelemetryStore, ISpanStore, ILogStore
    {
        private long _sequence;

        public long LastSequence => Interlocked.Read(ref _sequence);

        public ISpanStore Spans => this;

        public ILogStore Logs => this;

        public IMetricStore Metrics => throw new NotSupportedException();

        public ISessionStore Sessions => throw new NotSupportedException();

        public Task<WriteOutcome> WriteAsync(IReadOnlyList<SpanBatch> batches, CancellationToken cancellationToken) => Written(batches.Count);

        public Task<WriteOutcome> WriteAsync(IReadOnlyList<LogBatch> batches, CancellationToken cancellationToken) => Written(batches.Count);

        Task<SpanBatch> ISpanStore.FindAsync(RecordQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

        Task<LogBatch> ILogStore.FindAsync(RecordQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<SpanBatch> ReadTraceAsync(TraceId traceId, TimeRange? near, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<TraceSummary>> SummariseTracesAsync(IReadOnlyCollection<TraceId> traceIds, TimeRange near, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<SpanBatch> ReadSessionsAsync(IReadOnlyCollection<string> sessionIds, TimeRange near, RecordDetail detail, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<LogBatch> ReadSessionsAsync(IReadOnlyCollection<string> sessionIds, IReadOnlyCollection<TraceId> traceIds, TimeRange near, RecordDetail detail, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<HashSet<ulong>> ListLooseResourcesAsync(ExportRange exports, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<LogBatch> ReadLooseAsync(IReadOnlyCollection<ulong> resourceIds, TimeRange near, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<SpanBatch> ReadTracesAsync(IReadOnlyCollection<TraceId> traceIds, TimeRange? near, RecordDetail detail, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<HashSet<TraceId>> ListTracesAsync(ExportRange exports, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

        IAsyncEnumerable<StoredExports<SpanBatch>> ISpanStore.ReadExportsAsync(ExportRange exports, RecordDetail detail, CancellationToken cancellationToken) => throw new NotSupportedException();

        IAsyncEnumerable<StoredExports<LogBatch>> ILogStore.ReadExportsAsync(ExportRange exports, RecordDetail detail, CancellationToken cancellationToken) => throw new NotSupportedException();

        public StoreStatus Status() => new([], []);

        public Task SweepAsync(long nowNanos, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task BackupAsync(string directory, IProgress<double>? progress, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private Task<WriteOutcome> Written(int exports) =>
            Task.FromResult(new WriteOutcome(Interlocked.Add(ref _sequence, exports), [.. Enumerable.Repeat(true, exports)]));
    }
}
