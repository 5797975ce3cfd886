using System.Net;
using System.Text.Json;
using Gander.Prometheus;
using Gander.Query.PromQl.Series;
using Gander.Tests.Query.PromQl.Scripts;
using Gander.Tests.Stores;
using Gander.Web.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Gander.Tests.Prometheus;

/// <summary>Prometheus' API over real Kestrel on a free port, over series of a script and with a clock that stands.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private PrometheusServer(WebApplication application)
    {
        _application = application;
        var address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = new Uri(address) };
    }

    public HttpClient Client { get; }

    /// <summary>Starts a server over series with a value every minute from 1970 on, written as <c>name{label="value"} 1 2 3</c>.</summary>
    public static Task<PrometheusServer> StartAsync(params string[] series) => StartAsync(Load(series), _ => { });

    public static ISeriesSource Load(params string[] series)
    {
        var storage = new ScriptStorage();
        foreach (var line in series)
        {
            storage.Add(ScriptSeries.Parse(line), 60_000);
        }

        return storage;
    }

    public static async Task<PrometheusServer> StartAsync(ISeriesSource source, Action<PrometheusOptions> configure)
    {
        var options = new PrometheusOptions();
        configure(options);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRouting();
        builder.Services.AddLogging();
        builder.Services.AddSingleton<TimeProvider>(new ManualTime("1970-01-01T01:00Z"));
        builder.Services.AddSingleton(Options.Create(options));
        builder.Services.AddSingleton(source);
        builder.Services.AddSingleton<ISeriesCatalogue>(new ScriptCatalogue(source));
        builder.Services.AddPrometheus();
        builder.Services.AddMetricsPage();
        var application = builder.Build();
        application.UseRouting();
        application.MapPrometheus();
        await application.StartAsync(TestContext.Current.CancellationToken);
        return new PrometheusServer(application);
    }

    /// <summary>The body of an answer with this status.</summary>
    public async Task<string> TextAsync(string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var response = await Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(status == response.StatusCode, $"{(int)response.StatusCode} for {path}: {text}");
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        return text;
    }

    /// <summary>The data of a good answer, as its JSON was written.</summary>
    public async Task<string> DataAsync(string path)
    {
        using var document = JsonDocument.Parse(await TextAsync(path));
        Assert.Equal("success", document.RootElement.GetProperty("status").GetString());
        return document.RootElement.GetProperty("data").GetRawText();
    }

    /// <summary>The type and message of an error.</summary>
    public async Task<(string Type, string Message)> ErrorAsync(string path, HttpStatusCode status)
    {
        using var document = JsonDocument.Parse(await TextAsync(path, status));
        Assert.Equal("error", document.RootElement.GetProperty("status").GetString());
        return (document.RootElement.GetProperty("errorType").GetString()!, document.RootElement.GetProperty("error").GetString()!);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _application.StopAsync();
        await _application.DisposeAsync();
    }
}
