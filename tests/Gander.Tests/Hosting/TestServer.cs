using Gander.Hosting;
using Gander.Hosting.Auth;
using Gander.Hosting.Configuration;
using Gander.Stores;
using Gander.Tests.Stores;
using Microsoft.Extensions.Logging;

namespace Gander.Tests.Hosting;

/// <summary>The real server on free ports over a folder of its own, with a client for each of its doors.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly GanderServer _server;
    private readonly bool _ownsFolder;

    private TestServer(GanderServer server, string dataPath, bool ownsFolder)
    {
        (_server, DataPath, _ownsFolder) = (server, dataPath, ownsFolder);
        Otlp = Client(server.Running.Addresses.OtlpHttp);
        Pages = Client(server.Running.Addresses.Pages);
    }

    public string DataPath { get; }

    public HttpClient Otlp { get; }

    public HttpClient Pages { get; }

    public RunningServer Running => _server.Running;

    public IServiceProvider Services => _server.Services;

    public TokenFile Tokens => new(DataPath, TimeProvider.System);

    public static string NewFolder() => Directory.CreateTempSubdirectory("gander-server-").FullName;

    /// <summary>Starts a server; over <paramref name="dataPath"/>, which then stays, or over a folder that goes with it.</summary>
    public static async Task<TestServer> StartAsync(string? dataPath = null, TimeProvider? time = null, params (string Name, string Value)[] settings)
    {
        var path = dataPath ?? NewFolder();
        var server = await GanderServer.StartAsync(Load(path, settings), time ?? TimeProvider.System, OpenStoreAsync, TestContext.Current.CancellationToken);
        return new TestServer(server, path, dataPath is null);
    }

    /// <summary>Starts a server over a store of the test's own.</summary>
    public static async Task<TestServer> StartAsync(ITelemetryStore store)
    {
        var path = NewFolder();
        return new TestServer(
            await GanderServer.StartAsync(Load(path), TimeProvider.System, (_, _, _, _, _) => Task.FromResult(store), TestContext.Current.CancellationToken), path, ownsFolder: true);
    }

    /// <summary>Starts a server over the real store in <paramref name="dataPath"/>, which stays.</summary>
    public static async Task<TestServer> StartOnDiskAsync(string dataPath, params (string Name, string Value)[] settings) =>
        new(await GanderServer.StartAsync(Load(dataPath, settings), TimeProvider.System, TestContext.Current.CancellationToken), dataPath, ownsFolder: false);

    public static Settings Load(string dataPath, params (string Name, string Value)[] settings)
    {
        var flags = new Dictionary<string, SettingValue>
        {
            ["data"] = new([dataPath], "test"),
            ["otlpGrpc"] = new(["127.0.0.1:0"], "test"),
            ["otlpHttp"] = new(["127.0.0.1:0"], "test"),
            ["listen"] = new(["127.0.0.1:0"], "test"),
            ["logLevel"] = new(["none"], "test"),
        };
        foreach (var (name, value) in settings)
        {
            flags[name] = new SettingValue([value], "test");
        }

        return Settings.Load(OptionsCatalogue.All, Path.Combine(dataPath, "absent.yaml"), fileRequired: false, new Dictionary<string, string>(), flags);
    }

    /// <summary>The permissions of a file or folder; skips where there are none.</summary>
    public static UnixFileMode Mode(string path)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "files have no Unix permissions on this system");
#pragma warning disable CA1416 // Guarded by the line above, which the analyzer does not know.
        return File.GetUnixFileMode(path);
#pragma warning restore CA1416
    }

    public string CreateToken(string name = "dev", TokenScopes scopes = TokenScopes.All, TimeSpan? lifetime = null) => Tokens.Create(name, scopes, "ann", "birds", lifetime);

    /// <summary>Stops the server and leaves the clients open, to see what they get.</summary>
    public ValueTask StopAsync() => _server.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        Otlp.Dispose();
        Pages.Dispose();
        await _server.DisposeAsync();
        if (_ownsFolder)
        {
            Directory.Delete(DataPath, recursive: true);
        }
    }

    private static Task<ITelemetryStore> OpenStoreAsync(DataFolder folder, Settings settings, TimeProvider time, ILoggerFactory logs, CancellationToken cancellationToken) =>
        Task.FromResult<ITelemetryStore>(new InMemoryStore(time));

    private static HttpClient Client(Uri address) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }, disposeHandler: true) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
}
