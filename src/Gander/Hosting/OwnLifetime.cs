namespace Gander.Hosting;

/// <summary>Leaves signals to the command that runs the server, so that a server inside a test has none.</summary>
internal sealed class OwnLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
