using Gander.Api;
using Gander.Hosting;
using Gander.Hosting.Identities;
using Gander.Ingest;
using Gander.Stores;
using Gander.Tests.Stores;
using Gander.Web;
using Gander.Web.Connecting;
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

    public EmitterActivity Activity => _application.Services.GetRequiredService<EmitterActivity>();

    public Uri Address => Client.BaseAddress!;

    public static async Task<PageHost> StartAsync(ISessionSource sessions, InMemoryStore? store = null, TimeProvider? time = null, ConnectFacts? facts = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "gander", ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.None);
        var records = store ?? new InMemoryStore();
        builder.Services.AddSingleton(time ?? TimeProvider.System).AddSingleton(sessions).AddSingleton<ITelemetryStore>(records);
        builder.Services.AddOptions<ApiOptions>();
        builder.Services.AddSingleton<EmitterActivity>().AddOptions<IngestOptions>();
        builder.Services.AddSingleton(new IdentityOptions()).AddSingleton(new ServerOptions()).AddSingleton<PeopleFile>().AddSingleton<Pseudonyms>();
        builder.Services.AddSingleton(_ => DataFolder.Open(Path.Combine(Path.GetTempPath(), "gander-page-tests", Guid.NewGuid().ToString("N"))));
        builder.Services.AddWeb();
        builder.Services.AddSingleton(facts ?? new ConnectFacts(new(new("http://127.0.0.1:4317"), new("http://127.0.0.1:4318"), new("http://127.0.0.1:4319")), TokenNeeded: false, ReadOnly: false));
        var application = builder.Build();
        application.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandlingPath = "/error", CreateScopeForErrors = true });
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
