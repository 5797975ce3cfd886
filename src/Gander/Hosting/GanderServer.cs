using Gander.Hosting.Auth;
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

    private GanderServer(WebApplication application, DataFolder folder) => (_application, _folder) = (application, folder);

    /// <summary>What it tells of itself.</summary>
    public RunningServer Running => _application.Services.GetRequiredService<RunningServer>();

    /// <summary>What the modules registered.</summary>
    public IServiceProvider Services => _application.Services;

    /// <summary>Opens the data folder and starts to listen.</summary>
    /// <exception cref="StartException">It cannot start; the message says why and what to do.</exception>
    public static async Task<GanderServer> StartAsync(Settings settings, TimeProvider time, CancellationToken cancellationToken)
    {
        var options = settings.Get<ServerOptions>();
        var folder = DataFolder.Open(DataFolder.Resolve(options.Data));
        try
        {
            Authenticator.ThrowIfOpenToStrangers(options, new TokenFile(folder.FullPath, time));
            var listeners = new KestrelListeners(options);
            var application = Build(settings, time, folder, listeners);
            await ListenAsync(application, options, cancellationToken);
            var addresses = listeners.Addresses();
            application.Services.GetRequiredService<RunningServer>().Listens(addresses);
            new ServerFile(addresses.Pages, addresses.OtlpHttp, application.Services.GetRequiredService<LocalKey>().Text).Write(folder.FullPath);
            return new GanderServer(application, folder);
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
        ServerFile.Delete(_folder.FullPath);
        await _application.StopAsync(CancellationToken.None);
        await _application.DisposeAsync();
        _folder.Dispose();
    }

    private static WebApplication Build(Settings settings, TimeProvider time, DataFolder folder, KestrelListeners listeners)
    {
        var options = settings.Get<ServerOptions>();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "gander", ContentRootPath = AppContext.BaseDirectory });
        listeners.Configure(builder);
        ConfigureLogging(builder, options);
        var services = builder.Services;
        services.AddSingleton(time);
        services.AddSingleton<IHostLifetime, OwnLifetime>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(options.ShutdownSeconds));
        services.AddSettings(settings);
        services.AddRouting();
        services.AddSingleton<MatcherPolicy, ListenerMatcherPolicy>();
        services.AddSingleton(folder);
        services.AddAuth(folder);
        services.AddSingleton<HostCheck>();
        services.AddSingleton(provider => new RunningServer(options, folder, time, provider.GetRequiredService<Authenticator>()));

        var application = builder.Build();
        application.Use(SecurityHeaders.InvokeAsync);
        application.Use(application.Services.GetRequiredService<HostCheck>().InvokeAsync);
        application.Use(application.Services.GetRequiredService<Authentication>().InvokeAsync);
        application.MapSignIn();
        application.MapGet("/healthz", () => Results.Text("ok\n")).WithMetadata(new EveryListener(), new OpenToAll());
        return application;
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
        // Its one warning in good health is that HTTP/2 needs TLS, for which Http2Detection has an answer.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", options.LogLevel > LogLevel.Error ? options.LogLevel : LogLevel.Error);
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
