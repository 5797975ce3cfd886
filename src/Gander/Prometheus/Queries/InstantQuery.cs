namespace Gander.Prometheus.Queries;

/// <summary><c>/api/v1/query</c>: a query at one instant.</summary>
internal sealed class InstantQuery(QueryRunner runner) : PrometheusEndpoint
{
    /// <inheritdoc/>
    public override string Path => "/api/v1/query";

    /// <inheritdoc/>
    public override bool TakesForms => true;

    /// <inheritdoc/>
    public override async Task AnswerAsync(PrometheusRequest request)
    {
        var parameters = request.Parameters;
        var limit = parameters.Limit(int.MaxValue);
        var timeMillis = parameters.Time("time", request.NowMillis);
        var answer = await runner.InstantAsync(parameters.Text("query"), timeMillis, EngineParameters.Of(parameters), request.CancellationToken);
        await AnswerJson.WriteAsync(request, answer, limit);
    }
}
