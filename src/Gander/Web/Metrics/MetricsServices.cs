using Gander.Prometheus;

namespace Gander.Web.Metrics;

/// <summary>What the scripts of the page of metrics fetch; it passes the same gate as Prometheus' API.</summary>
internal static class MetricsServices
{
    /// <summary>Adds the endpoints to those that <see cref="PrometheusRoutes.MapPrometheus"/> maps.</summary>
    public static void AddMetricsPage(this IServiceCollection services)
    {
        services.AddSingleton<PrometheusEndpoint, EditorEndpoint>();
        services.AddSingleton<PrometheusEndpoint, GraphEndpoint>();
    }
}
