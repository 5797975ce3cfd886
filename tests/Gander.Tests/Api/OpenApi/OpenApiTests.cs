using System.Net;
using System.Text.Json;
using Gander.Api;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Gander.Tests.Api.OpenApi;

public sealed class OpenApiTests
{
    [Fact]
    public async Task Every_route_is_described()
    {
        await using var server = await ApiServer.StartAsync();

        var paths = (await server.GetAsync("/api/openapi.json")).GetProperty("paths").EnumerateObject().Select(path => path.Name);

        var routes = server.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Select(endpoint => ((RouteEndpoint)endpoint).RoutePattern.RawText!)
            .Where(route => route.StartsWith("/api", StringComparison.Ordinal) && !route.Contains("**", StringComparison.Ordinal))
            .Distinct();
        Assert.Equal(routes.Order(StringComparer.Ordinal), paths.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_parameter_an_endpoint_takes_is_described_and_no_other()
    {
        await using var server = await ApiServer.StartAsync();
        var paths = (await server.GetAsync("/api/openapi.json")).GetProperty("paths");

        foreach (var path in paths.EnumerateObject().Where(path => server.Services.GetServices<ApiEndpoint>().Single(endpoint => endpoint.Path == path.Name).Ends))
        {
            // A name that resembles none makes the endpoint list the names it knows.
            var error = await server.ErrorAsync($"{Filled(path.Name)}?qqqqqqqqqqqqqqqqqqqqqqqqqqqq=1", HttpStatusCode.BadRequest);
            var described = path.Value.GetProperty("get").GetProperty("parameters").EnumerateArray()
                .Where(parameter => parameter.GetProperty("in").GetString() == "query")
                .Select(parameter => parameter.GetProperty("name").GetString()!)
                .Order(StringComparer.Ordinal);

            Assert.EndsWith($"known are {string.Join(", ", described)}", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_example_of_a_parameter_is_understood()
    {
        await using var server = await ApiServer.StartAsync();
        var paths = (await server.GetAsync("/api/openapi.json")).GetProperty("paths");

        foreach (var path in paths.EnumerateObject())
        {
            foreach (var parameter in path.Value.GetProperty("get").GetProperty("parameters").EnumerateArray().Where(parameter => parameter.GetProperty("in").GetString() == "query"))
            {
                var name = parameter.GetProperty("name").GetString()!;
                var example = parameter.GetProperty("example") is { ValueKind: JsonValueKind.Array } list ? list[0] : parameter.GetProperty("example");
                if (name != "cursor")
                {
                    await server.GetAsync($"{Filled(path.Name)}?{name}={Uri.EscapeDataString(example.ValueKind == JsonValueKind.String ? example.GetString()! : example.GetRawText())}", Filled(path.Name) == path.Name ? HttpStatusCode.OK : HttpStatusCode.NotFound);
                }
            }
        }
    }

    [Fact]
    public async Task Every_reference_resolves_and_every_schema_is_used()
    {
        await using var server = await ApiServer.StartAsync();
        var document = await server.GetAsync("/api/openapi.json");

        var used = References(document).Distinct().Order(StringComparer.Ordinal);
        var schemas = document.GetProperty("components").GetProperty("schemas").EnumerateObject().Select(schema => $"#/components/schemas/{schema.Name}");

        Assert.Equal("3.1.0", document.GetProperty("openapi").GetString());
        Assert.Equal(schemas.Order(StringComparer.Ordinal), used);
    }

    private static string Filled(string path) => path.Replace("{key}", "nobody", StringComparison.Ordinal).Replace("{traceId}", Some.TraceId(99).ToString(), StringComparison.Ordinal);

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => member is { Name: "$ref", Value.ValueKind: JsonValueKind.String } ? [member.Value.GetString()!] : References(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
