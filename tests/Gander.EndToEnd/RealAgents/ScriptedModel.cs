using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Gander.EndToEnd.Harness;

namespace Gander.EndToEnd.RealAgents;

/// <summary>The model server of the reference data that speaks to every agent in its own way and plays one scenario. Killed when disposed.</summary>
internal sealed class ScriptedModel : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);

    private readonly TempFolder _folder;
    private readonly ChildProcess _process;

    private ScriptedModel(TempFolder folder, ChildProcess process, Uri address) => (_folder, _process, Address) = (folder, process, address);

    public Uri Address { get; }

    /// <summary>
    /// Starts with a scenario: the name of one that lies beside the server, or one as JSON. Files it speaks of are in
    /// <paramref name="workFolder"/>.
    /// </summary>
    public static async Task<ScriptedModel> StartAsync(string scenario, string workFolder, CancellationToken cancellationToken)
    {
        var folder = new TempFolder();
        var file = folder.Combine("scenario.json");
        if (scenario.StartsWith('{'))
        {
            await File.WriteAllTextAsync(file, scenario, cancellationToken);
        }
        else
        {
            File.Copy(Prerequisite.SharedTool("agents-llm", "scenarios", $"{scenario}.json"), file);
        }

        var port = FreePort();
        var process = ChildProcess.Start(
            Prerequisite.Node(),
            [Prerequisite.SharedTool("agents-llm", "agents-llm.cjs"), port.ToString(CultureInfo.InvariantCulture), file, folder.Combine("log.jsonl")],
            new Dictionary<string, string> { ["DEMO_DIR"] = workFolder },
            folder.FullPath);
        var model = new ScriptedModel(folder, process, new Uri($"http://127.0.0.1:{port}"));
        await Eventually.GetAsync(model.IsListeningAsync, listens => listens, StartLimit, "A listening model server", cancellationToken);
        return model;
    }

    /// <summary>The model calls so far, in order.</summary>
    public async Task<IReadOnlyList<ModelRequest>> RequestsAsync(CancellationToken cancellationToken)
    {
        var log = _folder.Combine("log.jsonl");
        var text = File.Exists(log) ? await File.ReadAllTextAsync(log, cancellationToken) : "";
        // The last line may still be being written.
        return [.. text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(ModelRequest.Read).OfType<ModelRequest>()];
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> IsListeningAsync()
    {
        Assert.False(_process.HasExited, $"The model server ended:\n{_process.Describe()}");
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, Address.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
