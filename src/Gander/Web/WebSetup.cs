using Gander.Api.Calls;
using Gander.Api.Usage;
using Gander.Hosting;
using Gander.Web.Connecting;
using Gander.Web.Metrics;
using Gander.Web.Records;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Gander.Web;

/// <summary>Puts the pages into the server.</summary>
public static class WebSetup
{
    /// <summary>
    /// What the pages need. The caller also registers <see cref="TimeProvider"/>, <see cref="ISessionSource"/>, <see cref="RunningServer"/>,
    /// the store, who is who, what receives telemetry, and Prometheus' API, which maps what the scripts of the page of metrics ask.
    /// </summary>
    public static IServiceCollection AddWeb(this IServiceCollection services)
    {
        services.AddRazorComponents();
        // Razor brings antiforgery along, which nothing uses: pages only answer GET.
        services.Configure<KeyManagementOptions>(keys => (keys.XmlRepository, keys.XmlEncryptor) = (new KeysInMemory(), new NullXmlEncryptor()));
        services.AddTransient(provider => ConnectFacts.Of(provider.GetRequiredService<RunningServer>()));
        services.TryAddSingleton<CallReader>();
        services.TryAddSingleton<UsageReader>();
        services.AddMetricsPage();
        return services;
    }

    /// <summary>
    /// Maps the pages, their static files and what their scripts fetch under <c>/ui</c>. All are GET and change nothing.
    /// Unhandled exceptions belong to <c>/error</c>.
    /// </summary>
    public static IEndpointRouteBuilder MapWeb(this IEndpointRouteBuilder endpoints)
    {
        // A build that was not published keeps its assets in several folders; this finds them in every environment.
        StaticWebAssetsLoader.UseStaticWebAssets(
            endpoints.ServiceProvider.GetRequiredService<IWebHostEnvironment>(), endpoints.ServiceProvider.GetRequiredService<IConfiguration>());
        endpoints.MapStaticAssets();
        SessionTextEndpoint.Map(endpoints);
        TraceColumnsEndpoint.Map(endpoints);
        RecordEndpoints.Map(endpoints);
        endpoints.MapRazorComponents<App>().DisableAntiforgery().Add(AnswerHead);
        return endpoints;
    }

    // Razor maps GET and POST. The server leaves out the body of what answers HEAD.
    private static void AnswerHead(EndpointBuilder page)
    {
        for (var i = 0; i < page.Metadata.Count; i++)
        {
            if (page.Metadata[i] is HttpMethodMetadata { HttpMethods: var methods } && methods.Contains(HttpMethods.Get))
            {
                page.Metadata[i] = new HttpMethodMetadata([.. methods, HttpMethods.Head]);
            }
        }
    }
}
