using Gander.EndToEnd.Harness;
using Gander.Load;

namespace Gander.EndToEnd.Safety;

/// <summary>What was acknowledged survives kill -9 at any moment, once.</summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int LongestRoundMilliseconds = 4_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_acknowledged_record_is_there_once_after_kill_9_under_full_load()
    {
        using var folder = new TempFolder();
        var data = folder.Combine("data");
        var ports = ServerPorts.Reserve();
        var gander = await GanderProcess.StartAsync(data, ports, Cancel);
        using var traces = new RunningLoad(gander.OtlpHttp, LoadSignal.Traces, Cancel);
        using var logs = new RunningLoad(gander.OtlpHttp, LoadSignal.Logs, Cancel);
        using var metrics = new RunningLoad(gander.OtlpHttp, LoadSignal.Metrics, Cancel);
        RunningLoad[] loads = [traces, logs, metrics];

        for (var round = Prerequisite.Rounds(usual: 3, many: 25); round > 0; round--)
        {
            await Task.WhenAll(loads.Select(load => load.WaitForMoreAsync(Cancel)));
            await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(LongestRoundMilliseconds)), Cancel);
            await gander.KillAsync();
            await gander.DisposeAsync();
            gander = await GanderProcess.StartAsync(data, ports, Cancel);
        }

        // What got no answer from the killed server is sent again, with the same bytes, to the one that came back.
        await Task.WhenAll(loads.Select(load => load.WaitForMoreAsync(Cancel)));
        var results = await Task.WhenAll(loads.Select(load => load.EndAsync()));
        Assert.Equal(0, await gander.StopAsync(Cancel));
        await gander.DisposeAsync();

        var stored = await StoredRecords.ReadAsync(data, Cancel);
        foreach (var (load, bodies) in loads.Zip(results))
        {
            var again = bodies.Count(body => body.Attempts > 1);
            output.WriteLine($"{load.Signal}: {bodies.Count} bodies, {again} of them sent more than once");
            stored.AssertHolds(load.Signal, bodies);
        }
    }
}
