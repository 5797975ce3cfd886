using Gander.EndToEnd.Harness;

namespace Gander.EndToEnd.Metrics;

/// <summary>A server that was fed with metrics over OTLP.</summary>
public sealed class MetricsStage : IAsyncLifetime
{
    private readonly TempFolder _folder = new();

    internal GanderProcess Gander { get; private set; } = null!;

    /// <summary>The time of the last point, Unix seconds.</summary>
    internal long LastSeconds { get; private set; }

    public async ValueTask InitializeAsync()
    {
        var cancel = TestContext.Current.CancellationToken;
        Gander = await GanderProcess.StartAsync(_folder.Combine("data"), cancel);
        LastSeconds = await MetricFeed.SendAsync(Gander, cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (Gander is not null)
        {
            await Gander.DisposeAsync();
        }

        _folder.Dispose();
    }
}
