using System.Net;
using Gander.Hosting;
using Gander.Otlp;
using Gander.Ingest;
using Gander.Stores;
using Gander.Tests.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gander.Tests.Otlp;

/// <summary>Both receivers on free ports of a real Kestrel, over a store in memory.</summary>
internal sealed class OtlpServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private OtlpServer(WebApplication application, ITelemetryStore store, Uri http, Uri grpc) =>
        (_application, Store, Http, Grpc) = (application, store, http, grpc);

    public ITelemetryStore Store { get; }

    public Uri Http { get; }

    public Uri Grpc { get; }

    public IServiceProvider Services => _application.Services;

    public TelemetryIngest Ingest => Services.GetRequiredService<TelemetryIngest>();

    public long Held => Services.GetRequiredService<HeldBytes>().Current;

    public EmitterActivity Activity => Services.GetRequiredService<EmitterActivity>();

    public static async Task<OtlpServer> StartAsync(
        ITelemetryStore? store = null,
        Action<OtlpOptions>? otlp = null,
        Action<IngestOptions>? ingest = null,
        string? token = null,
        Caller? caller = null)
    {
        store ??= new InMemoryStore();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddRouting();
        builder.Services.AddLogging();
        builder.Services.AddSingleton(store);
        builder.Services.AddOtlp();
        builder.Services.Configure(otlp ?? (_ => { }));
        builder.Services.Configure(ingest ?? (_ => { }));

        var application = builder.Build();
        application.Use((context, next) => Authenticate(context, next, token, caller));
        var ports = new List<int>();
        application.MapWhen(context => context.Connection.LocalPort == ports[0], branch => Map(branch, routes => routes.MapOtlpHttp()));
        application.MapWhen(context => context.Connection.LocalPort == ports[1], branch => Map(branch, routes => routes.MapOtlpGrpc()));
        await application.StartAsync();

        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address)).ToList();
        ports.AddRange(addresses.Select(address => address.Port));
        return new OtlpServer(application, store, addresses[0], addresses[1]);
    }

    public HttpClient Client() => new() { BaseAddress = Http };

    public Task StopAsync() => _application.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    private static void Map(IApplicationBuilder branch, Action<Microsoft.AspNetCore.Routing.IEndpointRouteBuilder> map) =>
        branch.UseRouting().UseEndpoints(map);

    private static Task Authenticate(HttpContext context, RequestDelegate next, string? token, Caller? caller)
    {
        if (token is not null && context.Request.Headers.Authorization != $"Bearer {token}")
        {
            return OtlpErrors.RefuseAsync(context, RefusalKind.Unauthenticated, "This server needs a token.");
        }

        context.Features.Set(caller ?? Caller.Anonymous);
        return next(context);
    }
}
