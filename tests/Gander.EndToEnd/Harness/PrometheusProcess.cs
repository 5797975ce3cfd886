using System.Globalization;

namespace Gander.EndToEnd.Harness;

/// <summary>A real Prometheus with a configuration and a folder of its own, on a free port of loopback. Killed when disposed.</summary>
internal sealed class PrometheusProcess : IAsyncDisposable
{
    private readonly ChildProcess _process;

    private PrometheusProcess(ChildProcess process) => _process = process;

    /// <summary>Starts it; skips where it is not installed.</summary>
    public static async Task<PrometheusProcess> StartAsync(TempFolder folder, string configuration, CancellationToken cancellationToken)
    {
        var program = Prerequisite.Program("prometheus");
        var file = folder.Combine("prometheus.yml");
        await File.WriteAllTextAsync(file, configuration, cancellationToken);
        var port = ServerPorts.Reserve().Pages;
        return new PrometheusProcess(ChildProcess.Start(
            program,
            [
                $"--config.file={file}",
                $"--storage.tsdb.path={folder.Combine("tsdb")}",
                string.Create(CultureInfo.InvariantCulture, $"--web.listen-address=127.0.0.1:{port}"),
                "--enable-feature=exemplar-storage,native-histograms",
            ],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = "/usr/bin:/bin" },
            folder.FullPath));
    }

    /// <summary>What it logged last.</summary>
    public string Describe() => _process.Describe();

    /// <summary>Asks it to stop, upon which it sends what waits.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _process.SignalAsync("TERM");
        await _process.WaitForExitAsync(TimeSpan.FromSeconds(60), cancellationToken);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
