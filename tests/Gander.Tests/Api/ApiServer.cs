using System.Net;
using System.Text.Json;
using Gander.Api;
using Gander.Stores;
using Gander.Tests.Stores;
using Gander.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Gander.Tests.Api;

/// <summary>The API over real Kestrel on a free port, with a store in memory and a clock that stands.</summary>
public sealed class ApiServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private ApiServer(WebApplication application, ITelemetryStore store, ManualTime time)
    {
        (_application, Store, Time) = (application, store, time);
        var address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = new Uri(address) };
    }

    public HttpClient Client { get; }

    public ITelemetryStore Store { get; }

    public ManualTime Time { get; }

    public StoredSessions Sessions => (StoredSessions)Services.GetRequiredService<ISessionSource>();

    public IServiceProvider Services => _application.Services;

    public static async Task<ApiServer> StartAsync(ITelemetryStore? store = null, Action<ApiOptions>? configure = null)
    {
        var time = new ManualTime("2026-03-10T13:00Z");
        store ??= new InMemoryStore(time);
        var options = new ApiOptions();
        configure?.Invoke(options);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRouting();
        builder.Services.AddSingleton(store);
        builder.Services.AddSingleton<ISessionSource>(new StoredSessions(store.Sessions));
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton(Options.Create(options));
        builder.Services.AddApi();
        var application = builder.Build();
        application.UseRouting();
        application.MapApi();
        await application.StartAsync(TestContext.Current.CancellationToken);
        return new ApiServer(application, store, time);
    }

    /// <summary>The JSON of an answer with this status.</summary>
    public async Task<JsonElement> GetAsync(string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var response = await Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(status == response.StatusCode, $"{(int)response.StatusCode} for {path}: {text}");
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    /// <summary>The code, message and parameter of an error.</summary>
    public async Task<(string Code, string Message, string? Parameter)> ErrorAsync(string path, HttpStatusCode status)
    {
        var error = (await GetAsync(path, status)).GetProperty("error");
        return (
            error.GetProperty("code").GetString()!,
            error.GetProperty("message").GetString()!,
            error.TryGetProperty("parameter", out var parameter) ? parameter.GetString() : null);
    }

    /// <summary>The entries of all pages of a list, in order.</summary>
    public async Task<IReadOnlyList<JsonElement>> AllPagesAsync(string path, string list, Func<Task>? between = null)
    {
        var entries = new List<JsonElement>();
        var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        for (string? cursor = null; ;)
        {
            var page = await GetAsync(cursor is null ? path : $"{path}{separator}cursor={cursor}");
            entries.AddRange(page.GetProperty(list).EnumerateArray());
            cursor = page.GetProperty("nextCursor").GetString();
            if (cursor is null)
            {
                return entries;
            }

            if (between is not null)
            {
                await between();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _application.StopAsync();
        await _application.DisposeAsync();
    }
}
