using Gander.Prometheus;
using Gander.Query.PromQl.OpenTelemetry;
using Gander.Query.PromQl.Series;
using Gander.Stores;

namespace Gander.Hosting;

/// <summary>Puts stored metrics under the query engine.</summary>
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
        services.AddSingleton<ISeriesSource>(provider => provider.GetRequiredService<OtlpSeriesSource>());
        services.AddSingleton<ISeriesCatalogue>(provider => provider.GetRequiredService<OtlpSeriesSource>());
    }
}
