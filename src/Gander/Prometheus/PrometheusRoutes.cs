using Gander.Prometheus.Catalogue;
using Gander.Prometheus.Language;
using Gander.Prometheus.Queries;
using Gander.Prometheus.Status;

namespace Gander.Prometheus;

/// <summary>Plugs the API that Grafana's Prometheus data source and <c>promtool</c> speak into the server.</summary>
public static class PrometheusRoutes
{
    /// <summary>The path below which nothing but this API answers.</summary>
    internal const string Root = "/api/v1";

    private static readonly Type[] Endpoints =
    [
        typeof(InstantQuery),
        typeof(RangeQuery),
        typeof(ExemplarQuery),
        typeof(ExplainQuery),
        typeof(FindSeries),
        typeof(ListLabels),
        typeof(ListLabelValues),
        typeof(ReadMetadata),
        typeof(FormatQuery),
        typeof(ParseQuery),
        typeof(BuildInfo),
        typeof(Flags),
        typeof(RuntimeInfo),
        typeof(TsdbStatus),
    ];

    /// <summary>
    /// Adds the services of the API. They need a <see cref="TimeProvider"/>, routing, logging, the source and the catalogue of
    /// series from the composition root; <see cref="PrometheusOptions"/> have defaults.
    /// </summary>
    public static IServiceCollection AddPrometheus(this IServiceCollection services)
    {
        services.AddOptions();
        services.AddSingleton<PrometheusGate>();
        services.AddSingleton<QueryRunner>();
        foreach (var endpoint in Endpoints)
        {
            services.AddSingleton(typeof(PrometheusEndpoint), endpoint);
        }

        foreach (var endpoint in FixedAnswer.All)
        {
            services.AddSingleton<PrometheusEndpoint>(endpoint);
        }

        return services;
    }

    /// <summary>Maps every endpoint; a path or method below <c>/api/v1</c> that nothing answers gets Prometheus' error envelope too.</summary>
    public static IEndpointConventionBuilder MapPrometheus(this IEndpointRouteBuilder endpoints)
    {
        var gate = endpoints.ServiceProvider.GetRequiredService<PrometheusGate>();
        var group = endpoints.MapGroup("");
        foreach (var endpoint in endpoints.ServiceProvider.GetServices<PrometheusEndpoint>())
        {
            string[] methods = endpoint.TakesForms ? ["GET", "HEAD", "POST"] : ["GET", "HEAD"];
            group.MapMethods(endpoint.Path, methods, context => gate.PassAsync(context, endpoint)).WithDisplayName($"Prometheus {endpoint.Path}");
            var allowed = string.Join(", ", [.. methods, "OPTIONS"]);
            group.MapMethods(endpoint.Path, ["OPTIONS"], context => AnswerOptions(context, allowed));
            group.Map(endpoint.Path, context => RefuseMethodAsync(context, allowed)).WithOrder(1);
        }

        group.Map(Root + "/{**path}", RefusePathAsync).WithOrder(1);
        return group;
    }

    private static Task AnswerOptions(HttpContext context, string allowed)
    {
        context.Response.Headers.Allow = allowed;
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static Task RefuseMethodAsync(HttpContext context, string allowed)
    {
        context.Response.Headers.Allow = allowed;
        return Answers.Envelope.FailAsync(context, new PrometheusException(ErrorType.MethodNotAllowed, $"{context.Request.Method} is not taken here; use {allowed}"));
    }

    private static Task RefusePathAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        return Answers.Envelope.FailAsync(context, new PrometheusException(ErrorType.NotFound, $"There is no {(path.Length > 100 ? path[..100] : path)} here"));
    }
}
