namespace Gander.Api.OpenApi;

/// <summary><c>GET /api/openapi.json</c>: this API described in OpenAPI 3.1.</summary>
internal sealed class ReadOpenApi : ApiEndpoint
{
    public override string Path => "/api/openapi.json";

    public override string Summary => "This description.";

    public override IReadOnlyList<ApiParameter> Parameters => [];

    public override string ResponseSchema => "OpenApi";

    public override async Task AnswerAsync(ApiRequest request)
    {
        request.FinishParameters();
        var endpoints = request.Context.RequestServices.GetServices<ApiEndpoint>().ToList();

        await using var answer = request.BeginJson();
        OpenApiJson.Write(answer.Writer, endpoints);
    }
}
