using System.Net;
using System.Text.Json;
using Gander.Api;
using Gander.Hosting;
using Gander.Hosting.Auth;
using Gander.Hosting.Identities;
using Gander.Otlp;
using Gander.Stores;
using Gander.Tests.Api.OpenApi;
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
    // The same for every server; whichever test comes first asks for it.
    private static JsonElement? s_description;

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

    public static async Task<ApiServer> StartAsync(
        ITelemetryStore? store = null, Action<ApiOptions>? configure = null, ISessionSource? sessions = null, IdentityOptions? identities = null)
    {
        var time = new ManualTime("2026-03-10T13:00Z");
        store ??= new InMemoryStore(time);
        var options = new ApiOptions();
        configure?.Invoke(options);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRouting();
        builder.Services.AddSingleton(store);
        builder.Services.AddSingleton(sessions ?? new StoredSessions(store.Sessions));
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton(Options.Create(options));
        builder.Services.AddSingleton(identities ?? new IdentityOptions());
        builder.Services.AddLogging();
        builder.Services.AddOtlp();
        builder.Services.AddSingleton(new ServerOptions());
        var folder = DataFolder.Open(Path.Combine(Path.GetTempPath(), "gander-api-tests", Guid.NewGuid().ToString("N")));
        builder.Services.AddSingleton(folder);
        builder.Services.AddAuth(folder);
        builder.Services.AddSingleton(provider => new RunningServer(provider.GetRequiredService<ServerOptions>(), folder, time, provider.GetRequiredService<Authenticator>()));
        builder.Services.AddApi();
        var application = builder.Build();
        application.UseRouting();
        application.MapApi();
        await application.StartAsync(TestContext.Current.CancellationToken);
        application.Services.GetRequiredService<RunningServer>().Listens(new ServerAddresses(new Uri("http://127.0.0.1:4317"), new Uri("http://127.0.0.1:4318"), new Uri("http://127.0.0.1:4319")));
        return new ApiServer(application, store, time);
    }

    /// <summary>The JSON of an answer with this status.</summary>
    public async Task<JsonElement> GetAsync(string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var response = await Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(status == response.StatusCode, $"{(int)response.StatusCode} for {path}: {text}");
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        var answer = Parse(text);
        await AssertDescribedAsync(path, response.StatusCode, answer);
        return answer;
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

    private static JsonElement Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    // Whatever a test asks for, its answer is as the API describes itself.
    private async Task AssertDescribedAsync(string path, HttpStatusCode status, JsonElement answer)
    {
        s_description ??= Parse(await Client.GetStringAsync(new Uri("/api/openapi.json", UriKind.Relative), TestContext.Current.CancellationToken));
        var segments = path.Split('?')[0].Split('/');
        var described = s_description.Value.GetProperty("paths").EnumerateObject().FirstOrDefault(candidate =>
            candidate.Name.Split('/') is var parts && parts.Length == segments.Length
            && parts.Zip(segments).All(pair => pair.First == pair.Second || pair.First.StartsWith('{')));
        if (described.Value.ValueKind == JsonValueKind.Undefined)
        {
            Assert.Equal(HttpStatusCode.NotFound, status);
            return;
        }

        var response = described.Value.GetProperty("get").GetProperty("responses").GetProperty(((int)status).ToString(System.Globalization.CultureInfo.InvariantCulture));
        var schema = response.GetProperty("content").GetProperty("application/json").GetProperty("schema");
        Assert.Empty(new JsonSchema(s_description.Value).Check(schema, answer));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _application.StopAsync();
        var folder = Services.GetRequiredService<DataFolder>().FullPath;
        await _application.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
