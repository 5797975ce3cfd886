using Gander.Hosting;
using Microsoft.Net.Http.Headers;

namespace Gander.Prometheus.Scrape;

/// <summary>
/// <c>GET /metrics</c>: this server's own figures for whoever scrapes it, in OpenMetrics 1.0 for those that prefer it and in
/// Prometheus' text format for all others. Browsers get the page of the same path.
/// </summary>
public static class ScrapeEndpoint
{
    private const string OpenMetrics = "application/openmetrics-text";

    /// <summary>Adds what the endpoint needs.</summary>
    public static IServiceCollection AddScrape(this IServiceCollection services)
    {
        services.AddSingleton<RequestMeter>();
        services.AddSingleton<InstrumentReader>();
        services.AddSingleton<ServerFigures>();
        return services;
    }

    /// <summary>Maps the endpoint and begins to measure; call it once the server is built.</summary>
    public static void MapScrape(this IEndpointRouteBuilder endpoints)
    {
        var instruments = endpoints.ServiceProvider.GetRequiredService<InstrumentReader>();
        var figures = endpoints.ServiceProvider.GetRequiredService<ServerFigures>();
        endpoints.MapGet("/metrics", context => AnswerAsync(context, figures, instruments)).WithMetadata(new ForPrograms()).ExcludeFromDescription();
    }

    private static Task AnswerAsync(HttpContext context, ServerFigures figures, InstrumentReader instruments)
    {
        var isOpenMetrics = PrefersOpenMetrics(context.Request);
        var writer = new ExpositionWriter(isOpenMetrics);
        figures.WriteTo(writer);
        instruments.WriteTo(writer);
        context.Response.ContentType = isOpenMetrics ? $"{OpenMetrics}; version=1.0.0; charset=utf-8" : "text/plain; version=0.0.4; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(writer.End(), context.RequestAborted);
    }

    private static bool PrefersOpenMetrics(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var types))
        {
            return false;
        }

        var open = types.Where(type => type.MediaType.Equals(OpenMetrics, StringComparison.OrdinalIgnoreCase)).Select(Quality).DefaultIfEmpty(0).Max();
        var text = types.Where(type => type.MediaType.Equals("text/plain", StringComparison.OrdinalIgnoreCase)).Select(Quality).DefaultIfEmpty(0).Max();
        return open > 0 && open >= text;
    }

    private static double Quality(MediaTypeHeaderValue type) => type.Quality ?? 1;
}
