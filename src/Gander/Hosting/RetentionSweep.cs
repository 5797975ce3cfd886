using Gander.Stores;

namespace Gander.Hosting;

/// <summary>Asks the store, at the start and then every so often, to delete what is past its keep time.</summary>
internal sealed partial class RetentionSweep(ITelemetryStore store, ServerOptions options, TimeProvider time, ILogger<RetentionSweep> logger) : BackgroundService
{
    /// <summary>One look.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            var nowNanos = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
            await store.SweepAsync(nowNanos, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or StoreUnavailableException)
        {
            // The disk may be back at the next look; the server need not fall for it.
            Log.Failed(logger, e.Message);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(options.SweepMinutes), time);
        try
        {
            do
            {
                await SweepAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Old telemetry could not be deleted and is tried again later: {Reason}")]
        public static partial void Failed(ILogger logger, string reason);
    }
}
