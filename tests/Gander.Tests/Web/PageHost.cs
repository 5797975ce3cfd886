using Gander.Api;
using Gander.Stores;
using Gander.Tests.Stores;
using Gander.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gander.Tests.Web;

/// <summary>The pages on a real Kestrel at a free port, over sessions and records that a test gives.</summary>
public sealed class PageHost : IAsyncDisposable
{
    private readonly WebApplication _application;

    private PageHost(WebApplication application)
    {
        _application = application;
        Client = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(application.Urls.First()) };
    }

    public HttpClient Client { get; }

    public Uri Address => Client.BaseAddress!;

    public static async Task<PageHost> StartAsync(ISessionSource sessions, InMemoryStore? store = null, TimeProvider? time = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "gander", ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var records = store ?? new InMemoryStore();
        builder.Services.AddSingleton(time ?? TimeProvider.System).AddSingleton(sessions).AddSingleton<ITelemetryStore>(records);
        builder.Services.AddOptions<ApiOptions>();
        builder.Services.AddWeb();
        var application = builder.Build();
        application.UseExceptionHandler("/error");
        application.UseRouting();
        application.MapWeb();
        await application.StartAsync(CancellationToken.None);
        return new PageHost(application);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _application.DisposeAsync();
    }
}
