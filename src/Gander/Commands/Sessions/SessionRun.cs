using Gander.Commands.Queries;
using Gander.Hosting.Configuration;

namespace Gander.Commands.Sessions;

/// <summary>What the commands over sessions have in common: they find a server, ask, and tell why when they cannot.</summary>
internal static class SessionRun
{
    /// <summary>Asks, and lets <paramref name="show"/> show the answer.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string? address, Settings settings, Terminal terminal, Func<QueryServer, Task> show, CancellationToken cancellationToken)
    {
        try
        {
            await using var server = await QueryServer.FindAsync(address, settings, terminal, cancellationToken);
            await show(server);
            return ExitCode.Ok;
        }
        catch (QueryFailedException e)
        {
            await terminal.Error.WriteLineAsync(ShownText.Of(e.Message));
            return e.IsMistake ? ExitCode.Usage : ExitCode.Failed;
        }
    }
}
