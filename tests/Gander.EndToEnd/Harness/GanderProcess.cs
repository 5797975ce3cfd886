using System.Globalization;
using System.Net;
using System.Text.Json;
using Gander.Tests.Conformance;

namespace Gander.EndToEnd.Harness;

/// <summary>The real <c>gander serve</c>, as built, on free ports of loopback. Killed when disposed; the data folder stays.</summary>
internal sealed class GanderProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(60);

    private readonly ChildProcess _process;

    private GanderProcess(ChildProcess process, string data)
    {
        _process = process;
        Data = data;
        OtlpGrpc = Address("OTLP/gRPC");
        OtlpHttp = Address("OTLP/HTTP");
        Pages = Address("Pages");
        Http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Pages, Timeout = TimeSpan.FromSeconds(60) };
    }

    /// <summary>The data folder.</summary>
    public string Data { get; }

    public Uri OtlpGrpc { get; }

    public Uri OtlpHttp { get; }

    public Uri Pages { get; }

    public int Id => _process.Id;

    /// <summary>Talks to the pages and APIs.</summary>
    public HttpClient Http { get; }

    /// <summary>The environment lines it printed for goose.</summary>
    public IReadOnlyDictionary<string, string> GooseEnvironment =>
        _process.Output
            .Select(line => line.Trim())
            .Where(line => line.StartsWith("export ", StringComparison.Ordinal))
            .Select(line => line["export ".Length..].Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1].Trim('"'), StringComparer.Ordinal);

    /// <summary>What it logged so far.</summary>
    public IReadOnlyList<string> Log => _process.Errors;

    /// <summary>Starts on <paramref name="data"/> and returns when it answers.</summary>
    public static Task<GanderProcess> StartAsync(string data, CancellationToken cancellationToken, params string[] moreArguments) =>
        StartAsync(data, ServerPorts.Any, cancellationToken, moreArguments);

    /// <summary>Starts on <paramref name="data"/> and <paramref name="ports"/>, and returns when it answers.</summary>
    public static async Task<GanderProcess> StartAsync(string data, ServerPorts ports, CancellationToken cancellationToken, params string[] moreArguments)
    {
        var process = ChildProcess.Start("dotnet", [Assembly(), "serve", "--data", data, .. ports.Arguments, .. moreArguments], Environment(), Path.GetTempPath());
        try
        {
            await process.WaitForOutputAsync(lines => lines.Any(line => line.StartsWith("  Pages ", StringComparison.Ordinal)) && lines.Any(line => line.StartsWith("  Data ", StringComparison.Ordinal)), StartLimit, cancellationToken);
            var server = new GanderProcess(process, data);
            await server.WaitUntilReadyAsync(cancellationToken);
            return server;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs another verb of <c>gander</c> to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        await using var process = StartVerb(Environment(), Path.GetTempPath(), arguments);
        var exitCode = await process.WaitForExitAsync(StopLimit, cancellationToken);
        return (exitCode, process.Describe());
    }

    /// <summary>Starts another verb of <c>gander</c> in an environment of the test's own.</summary>
    public static ChildProcess StartVerb(IReadOnlyDictionary<string, string> environment, string workingDirectory, params string[] arguments) =>
        ChildProcess.Start("dotnet", [Assembly(), .. arguments], environment, workingDirectory);

    /// <summary>The same as the leader of a process group of its own; <c>gander</c> in the arguments stands for the program.</summary>
    public static ChildProcess StartGroup(IReadOnlyDictionary<string, string> environment, string workingDirectory, params string[] arguments) =>
        ChildProcess.Start(
            Prerequisite.Program("setsid"),
            ["dotnet", Assembly(), .. arguments.SelectMany(argument => argument == "gander" ? new[] { "dotnet", Assembly() } : [argument])],
            environment,
            workingDirectory);

    /// <summary>The same on a terminal of its own, so that Ctrl-C (<c>\x03</c>) can be typed; <paramref name="command"/> is a line of a shell.</summary>
    public static ChildProcess StartOnTerminal(IReadOnlyDictionary<string, string> environment, string workingDirectory, string command) =>
        ChildProcess.Start(Prerequisite.Program("script"), ["-qfec", $"exec dotnet {Assembly()} {command}", "/dev/null"], environment, workingDirectory);

    /// <summary>kill -9.</summary>
    public Task KillAsync() => _process.KillAsync();

    /// <summary>Asks it to stop as a person would and returns the exit code.</summary>
    public async Task<int> StopAsync(CancellationToken cancellationToken)
    {
        await _process.SignalAsync("TERM");
        return await _process.WaitForExitAsync(StopLimit, cancellationToken);
    }

    /// <summary>The answer of a GET as JSON; fails on any status but 200.</summary>
    public async Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await Http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"GET {path}: {(int)response.StatusCode} {text}");
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _process.DisposeAsync();
    }

    // The program where the build put it, of the same configuration as these tests.
    public static string Assembly()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var path = Path.Combine(SharedData.RepositoryRoot, "src", "Gander", "bin", configuration, "net10.0", "gander.dll");
        Assert.True(File.Exists(path), $"{path} is not built");
        return path;
    }

    // Nothing of the developer's own settings reaches the server under test.
    private static Dictionary<string, string> Environment()
    {
        var kept = new[] { "PATH", "HOME", "DOTNET_ROOT", "TMPDIR", "LANG" };
        var environment = kept
            .Select(name => (name, value: System.Environment.GetEnvironmentVariable(name)))
            .Where(variable => variable.value is not null)
            .ToDictionary(variable => variable.name, variable => variable.value!, StringComparer.Ordinal);
        environment["XDG_CONFIG_HOME"] = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"gander-e2e-none-{System.Environment.ProcessId}"));
        environment["DOTNET_NOLOGO"] = "true";
        return environment;
    }

    private Uri Address(string label) =>
        new(_process.Output.Select(line => line.Trim()).First(line => line.StartsWith(label + " ", StringComparison.Ordinal))[label.Length..].Trim());

    private async Task WaitUntilReadyAsync(CancellationToken cancellationToken) =>
        await Eventually.GetAsync(
            async () =>
            {
                try
                {
                    using var response = await Http.GetAsync(new Uri("/api/status", UriKind.Relative), cancellationToken);
                    return (int)response.StatusCode;
                }
                catch (HttpRequestException)
                {
                    Assert.False(_process.HasExited, $"gander ended:\n{_process.Describe()}");
                    return 0;
                }
            },
            status => status == 200,
            StartLimit,
            "A ready server",
            cancellationToken);
}
