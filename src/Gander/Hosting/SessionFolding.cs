using Gander.Sessions;

namespace Gander.Hosting;

/// <summary>Runs the session index with the server: it takes up what was stored before ingest starts, and folds the last exports after ingest has stopped.</summary>
internal sealed partial class SessionFolding(SessionIndex index, ILogger<SessionFolding> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        index.FoldFailed += (_, failure) => Log.Failed(logger, failure.Exception.Message);
        return index.StartAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => index.DisposeAsync().AsTask().WaitAsync(cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The list of sessions is behind and is brought up to date later: {Reason}")]
        public static partial void Failed(ILogger logger, string reason);
    }
}
