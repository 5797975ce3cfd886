using System.Globalization;
using Gander.EndToEnd.Harness;
using Gander.Load;

namespace Gander.EndToEnd.Safety;

/// <summary>A full disk refuses exports, and nothing else.</summary>
public sealed class DiskFullTests
{
    private static readonly TimeSpan RecoveryLimit = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>With the default reserve exports are refused early; without one the disk is really full when they are.</summary>
    [Theory]
    [InlineData("256MiB", 480)]
    [InlineData("0", 224)]
    public async Task Exports_are_refused_while_the_disk_is_full_and_taken_again_afterwards(string reserve, int megabytes)
    {
        await using var disk = await SmallDisk.MountAsync(megabytes, Cancel);
        var ballast = Path.Combine(disk.FullPath, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[128 << 20], Cancel);
        await using var gander = await GanderProcess.StartAsync(Path.Combine(disk.FullPath, "data"), Cancel, "--set", $"store.minFreeBytes={reserve}");

        var full = await SendAsync(gander, run: 1, count: 400_000);

        Assert.True(full.AcknowledgedRecords > 0, "nothing was acknowledged");
        Assert.Equal(["503"], full.Refusals.Keys);
        Assert.NotEmpty((await gander.GetAsync("/api/traces?limit=5", Cancel)).Items("traces"));
        // A checkpoint may make room at any moment: the status and the answer to an export have to agree, not to be bad.
        ushort run = 3;
        await Eventually.GetAsync(
            async () => (Taken: (await SendAsync(gander, run++, count: 512)).AcknowledgedRecords == 512, Health: (await gander.GetAsync("/api/status", Cancel)).Text("health")),
            seen => seen.Taken == (seen.Health == "ok"), RecoveryLimit, "A status that says what exports meet", Cancel);

        File.Delete(ballast);
        await Eventually.GetAsync(
            () => SendAsync(gander, run: 2, count: 512), report => report.AcknowledgedRecords == 512, RecoveryLimit, "An accepted export", Cancel);
        await Eventually.GetAsync(
            async () => (await gander.GetAsync("/api/status", Cancel)).Text("health"), text => text == "ok", RecoveryLimit, "Good health", Cancel);
        Assert.Equal(0, await gander.StopAsync(Cancel));

        var stored = await StoredRecords.ReadAsync(gander.Data, Cancel);
        stored.AssertHolds(LoadSignal.Traces, full.Bodies);
    }

    // Ends soon after the disk is full: what is refused is not sent again.
    private static async Task<LoadReport> SendAsync(GanderProcess gander, ushort run, long count) => await new LoadRun(
        new LoadOptions { Endpoint = gander.OtlpHttp, Run = run, Count = count, Connections = 4, Builders = 2, BufferBytes = 512 << 20 },
        TimeProvider.System).RunAsync(Cancel);

    /// <summary>A file system in memory with little room; only root may mount one.</summary>
    private sealed class SmallDisk(TempFolder folder) : IAsyncDisposable
    {
        public string FullPath => folder.FullPath;

        public static async Task<SmallDisk> MountAsync(int megabytes, CancellationToken cancellationToken)
        {
            Assert.SkipUnless(Environment.IsPrivilegedProcess, "mounting a small file system needs root");
            var folder = new TempFolder();
            var exitCode = await RunAsync(cancellationToken, "mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m"), "tmpfs", folder.FullPath);
            if (exitCode != 0)
            {
                folder.Dispose();
                Assert.Skip("this machine does not let root mount a file system");
            }

            return new SmallDisk(folder);
        }

        public async ValueTask DisposeAsync()
        {
            await RunAsync(CancellationToken.None, "umount", "--lazy", FullPath);
            folder.Dispose();
        }

        private static async Task<int> RunAsync(CancellationToken cancellationToken, params string[] command)
        {
            await using var process = ChildProcess.Start(
                command[0], command[1..], new Dictionary<string, string> { ["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin" }, Path.GetTempPath());
            return await process.WaitForExitAsync(TimeSpan.FromSeconds(20), cancellationToken);
        }
    }
}
