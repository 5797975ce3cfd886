using System.Text.Json;
using System.Threading.Channels;
using Gander.Hosting.Auth;
using Gander.Sessions;
using Gander.Stores;

namespace Gander.Hosting;

/// <summary>
/// Makes backups for the command on the same machine. Only the key of the data folder opens this: whoever has it can write
/// files as this user anyway, and nobody else may choose where a server writes.
/// </summary>
internal static partial class Backups
{
    /// <summary>The path of the endpoint.</summary>
    public const string Path = "/api/backup";

    /// <summary><c>POST /api/backup</c>: answers a line of JSON for each step, the last with <c>complete</c> or <c>error</c>.</summary>
    public static void MapBackups(this IEndpointRouteBuilder endpoints) => endpoints.MapPost(Path, HandleAsync);

    /// <summary>What to copy and where to; the answer's lines.</summary>
    /// <param name="Directory">An absolute path of a new or empty folder.</param>
    internal sealed record Request(string Directory);

    /// <summary>One line of the answer.</summary>
    /// <param name="Done">The share done, 0 to 1.</param>
    /// <param name="Complete">Whether everything is copied.</param>
    /// <param name="Error">Why nothing is.</param>
    internal sealed record Step(double Done, bool Complete = false, string? Error = null);

    private static async Task HandleAsync(
        HttpContext context, ITelemetryStore store, SessionIndex sessions, TokenFile tokens, RunningServer server, ILogger<GanderServer> logger)
    {
        if (!ReferenceEquals(context.Features.Get<Caller>(), Authenticator.Local))
        {
            await Refusal.WriteAsync(context, Listener.Pages, StatusCodes.Status403Forbidden, "Backups are made with gander backup DIR, on the server's machine and as its user.");
            return;
        }

        var request = await context.Request.ReadFromJsonAsync<Request>(context.RequestAborted);
        if (request?.Directory is not { } directory || !System.IO.Path.IsPathFullyQualified(directory))
        {
            await Refusal.WriteAsync(context, Listener.Pages, StatusCodes.Status400BadRequest, "The folder must be given as an absolute path.");
            return;
        }

        context.Response.ContentType = "application/x-ndjson";
        await using var steps = new StepWriter(context.Response);
        try
        {
            // A copy that is only looked at cannot fold what came last.
            await sessions.FlushAsync(context.RequestAborted);
            await CopyAsync(store, tokens, server.DataPath, directory, steps, context.RequestAborted);
            Log.Made(logger, directory);
            await steps.FinishAsync(new Step(1, Complete: true));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or StoreUnavailableException or StartException or InvalidOperationException or ArgumentException)
        {
            Log.Failed(logger, directory, e.Message);
            await steps.FinishAsync(new Step(0, Error: e.Message));
        }
    }

    private static async Task CopyAsync(
        ITelemetryStore store, TokenFile tokens, string dataPath, string directory, IProgress<double> progress, CancellationToken cancellationToken)
    {
        if (Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Any())
        {
            throw new StartException($"{directory} is not empty; choose a new folder, so that nothing is overwritten.");
        }

        if (System.IO.Path.GetFullPath(directory).StartsWith(dataPath + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new StartException($"{directory} is inside the data folder; a backup there is lost with it.");
        }

        DataFolder.Create(directory);
        await store.BackupAsync(DataFolder.StoreFolder(directory), progress, cancellationToken);
        tokens.CopyTo(directory);
    }

    // Steps come from the store's threads and must neither wait for a slow reader nor overtake each other.
    private sealed class StepWriter : IProgress<double>, IAsyncDisposable
    {
        private readonly Channel<Step> _steps = Channel.CreateBounded<Step>(new BoundedChannelOptions(16) { FullMode = BoundedChannelFullMode.DropOldest });
        private readonly Task _writing;

        public StepWriter(HttpResponse response) => _writing = WriteAsync(response);

        public void Report(double value) => _steps.Writer.TryWrite(new Step(value));

        public async Task FinishAsync(Step last)
        {
            _steps.Writer.TryWrite(last);
            _steps.Writer.TryComplete();
            await _writing;
        }

        public async ValueTask DisposeAsync()
        {
            _steps.Writer.TryComplete();
            await _writing;
        }

        private async Task WriteAsync(HttpResponse response)
        {
            await foreach (var step in _steps.Reader.ReadAllAsync())
            {
                await response.WriteAsync(JsonSerializer.Serialize(step, JsonSerializerOptions.Web) + "\n");
                await response.Body.FlushAsync();
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Backed up to {Directory}")]
        public static partial void Made(ILogger logger, string directory);

        [LoggerMessage(LogLevel.Error, "The backup to {Directory} failed: {Reason}")]
        public static partial void Failed(ILogger logger, string directory, string reason);
    }
}
