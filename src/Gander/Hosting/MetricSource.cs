using Gander.Hosting.Identities;
using Gander.Prices;
using Gander.Prometheus;
using Gander.Query.PromQl.OpenTelemetry;
using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Sessions;
using Gander.Stores;
using Gander.Web;
using Microsoft.Extensions.Options;

namespace Gander.Hosting;

/// <summary>Puts stored metrics and those made of sessions under the query engine.</summary>
internal static class MetricSource
{
    /// <summary>Adds where PromQL gets series from and what tells about them.</summary>
    public static void AddMetricSource(this IServiceCollection services)
    {
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<OtlpTranslationOptions>();
            options.Lookback = provider.GetRequiredService<PrometheusOptions>().Lookback;
            return new OtlpSeriesSource(provider.GetRequiredService<IMetricStore>(), options);
        });
        services.AddSingleton(provider =>
        {
            var sessions = provider.GetRequiredService<ISessionSource>();
            var people = provider.GetRequiredService<PeopleFile>();
            return new SessionSeriesSource(
                provider.GetRequiredService<ISessionStore>(),
                sessions.FreshenAsync,
                provider.GetRequiredService<PriceBook>(),
                () => people.Current.Find,
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<IOptions<PrometheusOptions>>().Value.SessionSeries);
        });
        services.AddSingleton<JoinedSeriesSource>();
        services.AddSingleton<ISeriesSource>(provider => provider.GetRequiredService<JoinedSeriesSource>());
        services.AddSingleton<ISeriesCatalogue>(provider => provider.GetRequiredService<JoinedSeriesSource>());
    }
}
