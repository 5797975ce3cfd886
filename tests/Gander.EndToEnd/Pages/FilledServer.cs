using Gander.EndToEnd.Harness;
using Gander.Load;
using Gander.Tests.Conformance;

namespace Gander.EndToEnd.Pages;

/// <summary>A server that has received every captured scenario of every agent.</summary>
public sealed class FilledServer : OptionalStage
{
    private readonly TempFolder _folder = new();
    private GanderProcess? _gander;

    internal GanderProcess Gander => Present(_gander);

    protected override async ValueTask PrepareAsync(CancellationToken cancellationToken)
    {
        var fixtures = SharedData.Require("fixtures");
        _gander = await GanderProcess.StartAsync(_folder.Combine("data"), cancellationToken);
        var report = await new ReplayRun([fixtures], _gander.OtlpHttp, _gander.OtlpGrpc, TimeProvider.System).RunAsync(progress: null, cancellationToken);
        Assert.Empty(report.Refusals);
        await Eventually.GetAsync(
            async () => (await _gander.GetAsync("/api/sessions?limit=1", cancellationToken)).Items("sessions").Count,
            count => count > 0,
            TimeSpan.FromSeconds(20),
            "A session",
            cancellationToken);
    }

    protected override async ValueTask CleanAsync()
    {
        await (_gander?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Dispose();
    }
}
