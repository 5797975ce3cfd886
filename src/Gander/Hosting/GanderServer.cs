using Gander.Api;
using Gander.Hosting.Auth;
using Gander.Hosting.Configuration;
using Gander.Ingest.Derived;
using Gander.Hosting.Pricing;
using Gander.Otlp;
using Gander.Prices;
using Gander.Prometheus;
using Gander.Prometheus.RemoteWrite;
using Gander.Prometheus.Scrape;
using Gander.Sessions;
using Gander.Stores;
using Gander.Web;
using Microsoft.AspNetCore.Connections;

namespace Gander.Hosting;

/// <summary>
/// The running server: the one place that puts the modules together. Stopping it refuses new exports, waits for those it has
/// begun to take, and closes the store.
/// </summary>
public sealed class GanderServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly DataFolder _folder;
    private readonly ITelemetryStore _store;
    private readonly ILoggerFactory _logs;
    private bool _isDisposed;

    private GanderServer(WebApplication application, DataFolder folder, ITelemetryStore store, ILoggerFactory logs) =>
        (_application, _folder, _store, _logs) = (application, folder, store, logs);

    /// <summary>What it tells of itself.</summary>
    public RunningServer Running => _application.Services.GetRequiredService<RunningServer>();

    /// <summary>What the modules registered.</summary>
    public IServiceProvider Services => _application.Services;

    /// <summary>Cancelled when it begins to stop, which it also does by itself when a part of it that must run has failed.</summary>
    public CancellationToken Stopping => _application.Lifetime.ApplicationStopping;

    /// <summary>Opens the data folder and its store and starts to listen.</summary>
    /// <exception cref="StartException">It cannot start; the message says why and what to do.</exception>
    public static Task<GanderServer> StartAsync(Settings settings, TimeProvider time, CancellationToken cancellationToken) =>
        StartAsync(settings, time, EmbeddedStore.OpenAsync, cancellationToken);

    /// <summary>The same over a store of the caller's choice.</summary>
    internal static async Task<GanderServer> StartAsync(Settings settings, TimeProvider time, StoreOpener openStore, CancellationToken cancellationToken)
    {
        var options = settings.Get<ServerOptions>();
        var folder = DataFolder.Open(DataFolder.Resolve(options.Data), options.ReadOnly);
        // The store is opened before and closed after everything that logs through the container.
        var logs = LoggerFactory.Create(logging => ServerLogging.Configure(logging, options));
        ITelemetryStore? store = null;
        WebApplication? application = null;
        try
        {
            Authenticator.ThrowIfOpenToStrangers(options, new TokenFile(folder.FullPath, time));
            var listeners = new KestrelListeners(options);
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "gander", ContentRootPath = AppContext.BaseDirectory });
            listeners.Configure(builder);
            ServerLogging.Configure(builder.Logging, options);
            store = await openStore(folder, settings, time, logs, cancellationToken);
            Register(builder.Services, settings, time, folder, store);
            application = builder.Build();
            Map(application, options);
            await ListenAsync(application, options, cancellationToken);
            var addresses = listeners.Addresses();
            application.Services.GetRequiredService<RunningServer>().Listens(addresses);
            if (!options.ReadOnly)
            {
                new ServerFile(addresses.Pages, addresses.OtlpHttp, application.Services.GetRequiredService<LocalKey>().Text).Write(folder.FullPath);
            }

            return new GanderServer(application, folder, store, logs);
        }
        catch
        {
            await (application?.DisposeAsync() ?? ValueTask.CompletedTask);
            await (store?.DisposeAsync() ?? ValueTask.CompletedTask);
            logs.Dispose();
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Stops listening, finishes what was begun, and closes everything. Safe to call twice.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (!Running.ReadOnly)
        {
            ServerFile.Delete(_folder.FullPath);
        }

        // Hosted services stop in the reverse order of their start: first the listeners, then the queues, then the fold.
        await _application.StopAsync(CancellationToken.None);
        await _application.DisposeAsync();
        await _store.DisposeAsync();
        _logs.Dispose();
        _folder.Dispose();
    }

    private static void Register(IServiceCollection services, Settings settings, TimeProvider time, DataFolder folder, ITelemetryStore store)
    {
        var options = settings.Get<ServerOptions>();
        services.AddSingleton(time);
        services.AddSingleton<IHostLifetime, OwnLifetime>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(options.ShutdownSeconds));
        services.AddSettings(settings);
        services.AddRouting();
        services.AddSingleton<MatcherPolicy, ListenerMatcherPolicy>();
        services.AddSingleton<MatcherPolicy, PageOrProgramPolicy>();
        services.AddSingleton(folder);
        services.AddAuth(folder);
        services.AddSingleton<HostCheck>();
        services.AddSingleton(provider => new RunningServer(options, folder, time, provider.GetRequiredService<Authenticator>()));

        // Given as objects, so that they outlive whatever the container disposes.
        services.AddSingleton(store);
        services.AddSingleton(store.Spans);
        services.AddSingleton(store.Logs);
        services.AddSingleton(store.Metrics);
        services.AddSingleton(store.Sessions);
        services.AddSingleton(new PriceBook(PriceFile.ReadTable(settings.Get<PriceOptions>())));
        services.AddSingleton<SessionIndex>();
        services.AddSingleton<ISessionSource, StoredSessions>();
        if (!options.ReadOnly)
        {
            services.AddHostedService<RetentionSweep>();
            services.AddHostedService<SessionFolding>();
            services.AddSingleton<DerivedMetrics>();
            services.AddHostedService(provider => provider.GetRequiredService<DerivedMetrics>());
        }

        services.AddMetricSource();
        services.AddOtlp();
        services.AddRemoteWrite();
        services.AddScrape();
        services.AddPrometheus();
        services.AddApi();
        services.AddWeb();
    }

    private static void Map(WebApplication application, ServerOptions options)
    {
        application.Use(SecurityHeaders.InvokeAsync);
        application.Use(application.Services.GetRequiredService<RequestMeter>().InvokeAsync);
        application.UseUnhandledErrors();
        application.Use(application.Services.GetRequiredService<HostCheck>().InvokeAsync);
        application.Use(application.Services.GetRequiredService<Authentication>().InvokeAsync);
        application.MapHealth();
        application.MapSignIn();
        application.MapBackups();
        application.MapPriceUpdates();
        application.MapApi();
        application.MapPrometheus();
        application.MapScrape();
        application.MapWeb();
        var grpc = application.MapListener(Listener.OtlpGrpc);
        var http = application.MapListener(Listener.OtlpHttp);
        if (options.ReadOnly)
        {
            grpc.MapReadOnly();
            http.MapReadOnly();
        }
        else
        {
            grpc.MapOtlpGrpc();
            http.MapOtlpHttp();
            http.MapRemoteWrite();
            application.MapRemoteWrite();
        }
    }

    private static async Task ListenAsync(WebApplication application, ServerOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
        {
            throw new StartException(
                e.InnerException is AddressInUseException
                    ? $"{e.Message} Stop the program that uses it, or choose another address with --otlp-grpc ({options.OtlpGrpc}), --otlp-http ({options.OtlpHttp}) or --listen ({options.Listen})."
                    : $"{e.Message} Choose an address of this machine.",
                e);
        }
    }
}
