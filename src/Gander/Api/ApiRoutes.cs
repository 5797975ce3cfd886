using Gander.Api.Calls;
using Gander.Api.Live;
using Gander.Api.Parameters;
using Gander.Api.Usage;
using Gander.Hosting.Identities;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Gander.Api;

/// <summary>Plugs the JSON API into the server.</summary>
public static class ApiRoutes
{
    private const string Methods = "GET, HEAD, OPTIONS";

    /// <summary>
    /// Adds the services of the API. They need a <see cref="TimeProvider"/>, routing, logging, the data folder, the store and the session
    /// index from the composition root; <see cref="ApiOptions"/> have defaults.
    /// </summary>
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddOptions();
        services.AddSingleton<ApiGate>();
        services.AddSingleton<LiveFeed>();
        services.TryAddSingleton<IdentityOptions>();
        services.AddSingleton<PeopleFile>();
        services.AddSingleton<Pseudonyms>();
        services.TryAddSingleton<CallReader>();
        services.TryAddSingleton<UsageReader>();
        foreach (var endpoint in ApiCatalogue.Endpoints)
        {
            services.AddSingleton(typeof(ApiEndpoint), endpoint);
        }

        return services.AddResponseCompression(compression =>
        {
            // Answers hold no secret beside what a stranger chose, which is what attacks on compressed TLS need.
            compression.EnableForHttps = true;
            compression.MimeTypes = ResponseCompressionDefaults.MimeTypes;
        });
    }

    /// <summary>Maps every endpoint under <c>/api</c>; a path or method there that nothing answers gets the error JSON too.</summary>
    public static IEndpointConventionBuilder MapApi(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("");
        var known = endpoints.ServiceProvider.GetServices<ApiEndpoint>().ToList();
        foreach (var endpoint in known)
        {
            group.MapMethods(endpoint.Path, ["GET", "HEAD"], Pipeline(endpoints, endpoint.AnswerAsync, endpoint.Ends))
                .WithMetadata(endpoint).WithDisplayName($"API {endpoint.Path}");
            group.MapMethods(endpoint.Path, ["OPTIONS"], AnswerOptions);
            group.Map(endpoint.Path, Pipeline(endpoints, request => throw WrongMethod(request), ends: true)).WithOrder(1);
        }

        group.Map("/api/{**path}", Pipeline(endpoints, request => throw NoSuchPath(request, known), ends: true)).WithOrder(2);
        return group;
    }

    private static RequestDelegate Pipeline(IEndpointRouteBuilder endpoints, Func<ApiRequest, Task> answer, bool ends)
    {
        var gate = endpoints.ServiceProvider.GetRequiredService<ApiGate>();
        var pipeline = endpoints.CreateApplicationBuilder();
        if (ends)
        {
            pipeline.UseResponseCompression();
        }

        pipeline.Run(context => gate.PassAsync(context, answer, ends));
        return pipeline.Build();
    }

    private static Task AnswerOptions(HttpContext context)
    {
        context.Response.Headers.Allow = Methods;
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static ApiException WrongMethod(ApiRequest request)
    {
        request.Context.Response.Headers.Allow = Methods;
        return new ApiException(
            StatusCodes.Status405MethodNotAllowed, "method_not_allowed", $"The API only answers questions: use GET, not {request.Context.Request.Method}");
    }

    private static ApiException NoSuchPath(ApiRequest request, IReadOnlyList<ApiEndpoint> known)
    {
        var path = request.Context.Request.Path.Value ?? "";
        var nearest = Nearest.To(path, known.Select(endpoint => endpoint.Path));
        return ApiException.NotFound(
            $"There is no {(path.Length > 64 ? path[..64] : path)}; {(nearest is null ? "" : $"did you mean {nearest}? ")}/api/openapi.json lists what there is");
    }
}
