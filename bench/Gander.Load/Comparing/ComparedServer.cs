using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Gander.Load.Measuring;

namespace Gander.Load.Comparing;

/// <summary>A server that was started for the comparison, and what it uses. Disposing stops it.</summary>
internal sealed class ComparedServer : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromMinutes(5) };

    private ComparedServer(string name, ProcessStartInfo start, string data, Uri write, Uri query)
    {
        (Name, Write, Query) = (name, write, query);
        start.RedirectStandardError = start.RedirectStandardOutput = true;
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        _process.OutputDataReceived += static (_, _) => { };
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Probe = new ServerProbe(_process.Id, data);
    }

    public string Name { get; }

    /// <summary>Where samples are written, with a slash at the end.</summary>
    public Uri Write { get; }

    /// <summary>Where queries are asked, with a slash at the end.</summary>
    public Uri Query { get; }

    public ServerProbe Probe { get; }

    /// <summary>CPU time of the server so far.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Resident memory now.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public static async Task<ComparedServer> StartGanderAsync(string program, string data, CancellationToken cancellationToken)
    {
        var (grpc, otlp, pages) = (FreePort(), FreePort(), FreePort());
        var isLibrary = program.EndsWith(".dll", StringComparison.Ordinal);
        var start = new ProcessStartInfo(isLibrary ? "dotnet" : program);
        foreach (var argument in (string[])[.. isLibrary ? [program] : Array.Empty<string>(), "serve", "--data", data, "--otlp-grpc", At(grpc), "--otlp-http", At(otlp), "--listen", At(pages)])
        {
            start.ArgumentList.Add(argument);
        }

        var server = new ComparedServer("Gander", start, data, AddressOf(otlp), AddressOf(pages));
        await server.WaitAsync("readyz", cancellationToken);
        return server;
    }

    public static async Task<ComparedServer> StartPrometheusAsync(string program, string data, CancellationToken cancellationToken)
    {
        var configuration = Path.Combine(data, "prometheus.yml");
        await File.WriteAllTextAsync(configuration, "global: {scrape_interval: 1h}\n", cancellationToken);
        var port = FreePort();
        var start = new ProcessStartInfo(program);
        foreach (var argument in (string[])[$"--config.file={configuration}", $"--storage.tsdb.path={data}", $"--web.listen-address={At(port)}", "--web.enable-remote-write-receiver"])
        {
            start.ArgumentList.Add(argument);
        }

        var server = new ComparedServer("Prometheus", start, data, AddressOf(port), AddressOf(port));
        await server.WaitAsync("-/ready", cancellationToken);
        return server;
    }

    /// <summary>Asks and returns the whole answer.</summary>
    public async Task<byte[]> AskAsync(DashboardQuery query, long endSeconds, CancellationToken cancellationToken)
    {
        var text = Uri.EscapeDataString(query.Expression);
        var path = query.RangeSeconds == 0
            ? string.Create(CultureInfo.InvariantCulture, $"api/v1/query?query={text}&time={endSeconds}")
            : string.Create(CultureInfo.InvariantCulture, $"api/v1/query_range?query={text}&start={endSeconds - query.RangeSeconds}&end={endSeconds}&step={query.StepSeconds}");
        using var response = await _http.GetAsync(new Uri(Query, path), cancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return response.IsSuccessStatusCode ? body : throw new HttpRequestException($"{Name} answered {(int)response.StatusCode} to {query.Name}: {System.Text.Encoding.UTF8.GetString(body)}");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        using (_process)
        {
            using var terminate = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            using var limit = new CancellationTokenSource(LongestStop);
            try
            {
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill();
            }
        }
    }

    private async Task WaitAsync(string path, CancellationToken cancellationToken)
    {
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < LongestStart && !_process.HasExited; await Task.Delay(100, cancellationToken))
        {
            try
            {
                using var response = await _http.GetAsync(new Uri(Query, path), cancellationToken);
                if (response.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
        }

        throw new InvalidOperationException($"{Name} did not become ready.");
    }

    private static string At(int port) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");

    private static Uri AddressOf(int port) => new($"http://{At(port)}/");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
