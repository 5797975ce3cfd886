using System.Collections.Concurrent;
using Gander.Sessions;

namespace Gander.Hosting;

/// <summary>Runs the session index with the server: it takes up what was stored before ingest starts, and folds the last exports after ingest has stopped.</summary>
internal sealed partial class SessionFolding(SessionIndex index, ILogger<SessionFolding> logger) : IHostedService
{
    // A session that cannot be folded is tried again with each export of it: it is named once.
    private const int MaxFaultsNamed = 1_000;

    private readonly ConcurrentDictionary<SessionFault, bool> _named = new();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        index.FoldFailed += (_, failure) => Log.Failed(logger, failure.Exception.Message);
        index.SessionFailed += (_, failed) => Name(failed.Fault);
        return index.StartAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => index.DisposeAsync().AsTask().WaitAsync(cancellationToken);

    private void Name(SessionFault fault)
    {
        if (_named.Count < MaxFaultsNamed && _named.TryAdd(fault, true))
        {
            Log.SessionFailed(logger, fault.Key, fault.Agent, fault.Reason);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The list of sessions is behind and is brought up to date later: {Reason}")]
        public static partial void Failed(ILogger logger, string reason);

        [LoggerMessage(LogLevel.Error, "Session {Key} of {Agent} cannot be read because of a fault in Gander, and is listed without its figures: {Reason}")]
        public static partial void SessionFailed(ILogger logger, string key, string agent, string reason);
    }
}
