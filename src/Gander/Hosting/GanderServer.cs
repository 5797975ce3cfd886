using Gander.Hosting.Configuration;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging.Console;

namespace Gander.Hosting;

/// <summary>
/// The running server: the one place that puts the modules together. Stopping it refuses new exports, waits for those it has
/// begun to take, and closes the store.
/// </summary>
public sealed class GanderServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly DataFolder _folder;

    private GanderServer(WebApplication application, DataFolder folder, ServerAddresses addresses) =>
        (_application, _folder, Addresses) = (application, folder, addresses);

    /// <summary>Where it listens.</summary>
    public ServerAddresses Addresses { get; }

    /// <summary>The data folder in use.</summary>
    public string DataPath => _folder.FullPath;

    /// <summary>What the modules registered.</summary>
    public IServiceProvider Services => _application.Services;

    /// <summary>Opens the data folder and starts to listen.</summary>
    /// <exception cref="StartException">It cannot start; the message says why and what to do.</exception>
    public static async Task<GanderServer> StartAsync(Settings settings, TimeProvider time, CancellationToken cancellationToken)
    {
        var folder = DataFolder.Open(DataFolder.Resolve(settings.Get<ServerOptions>().Data));
        try
        {
            var (application, listeners) = Build(settings, time);
            await ListenAsync(application, settings.Get<ServerOptions>(), cancellationToken);
            var addresses = listeners.Addresses();
            return new GanderServer(application, folder, addresses);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Stops listening, finishes what was begun, and closes everything. Safe to call twice.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(CancellationToken.None);
        await _application.DisposeAsync();
        _folder.Dispose();
    }

    private static (WebApplication Application, KestrelListeners Listeners) Build(Settings settings, TimeProvider time)
    {
        var options = settings.Get<ServerOptions>();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "gander", ContentRootPath = AppContext.BaseDirectory });
        var listeners = new KestrelListeners(options);
        listeners.Configure(builder);
        ConfigureLogging(builder, options);
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton<IHostLifetime, OwnLifetime>();
        builder.Services.AddSettings(settings);
        builder.Services.AddRouting();
        builder.Services.AddSingleton<MatcherPolicy, ListenerMatcherPolicy>();

        var application = builder.Build();
        application.MapGet("/healthz", () => Results.Text("ok\n")).WithMetadata(new EveryListener());
        return (application, listeners);
    }

    private static void ConfigureLogging(WebApplicationBuilder builder, ServerOptions options)
    {
        builder.Logging.AddConsole(console =>
        {
            console.FormatterName = ShortConsoleFormatter.FormatterName;
            console.LogToStandardErrorThreshold = LogLevel.Trace;
        });
        builder.Logging.AddConsoleFormatter<ShortConsoleFormatter, ConsoleFormatterOptions>();
        builder.Logging.SetMinimumLevel(options.LogLevel);
        builder.Logging.AddFilter("Microsoft", options.LogLevel > LogLevel.Warning ? options.LogLevel : LogLevel.Warning);
        builder.Logging.AddFilter("Grpc", options.LogLevel > LogLevel.Warning ? options.LogLevel : LogLevel.Warning);
    }

    private static async Task ListenAsync(WebApplication application, ServerOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
        {
            await application.DisposeAsync();
            throw new StartException(
                e.InnerException is AddressInUseException
                    ? $"{e.Message} Stop the program that uses it, or choose another address with --otlp-grpc ({options.OtlpGrpc}), --otlp-http ({options.OtlpHttp}) or --listen ({options.Listen})."
                    : $"{e.Message} Choose an address of this machine.",
                e);
        }
    }
}
