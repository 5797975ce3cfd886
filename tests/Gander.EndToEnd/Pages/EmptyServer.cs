using Gander.EndToEnd.Harness;

namespace Gander.EndToEnd.Pages;

/// <summary>A server that has received nothing.</summary>
public sealed class EmptyServer : IAsyncLifetime
{
    private readonly TempFolder _folder = new();

    internal GanderProcess Gander { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Gander = await GanderProcess.StartAsync(_folder.Combine("data"), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (Gander is not null)
        {
            await Gander.DisposeAsync();
        }

        _folder.Dispose();
    }
}
