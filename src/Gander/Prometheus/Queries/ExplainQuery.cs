using System.Text.Json;

namespace Gander.Prometheus.Queries;

/// <summary><c>/api/v1/query_explain</c>: how a query would be evaluated; not a part of Prometheus' API.</summary>
internal sealed class ExplainQuery(QueryRunner runner) : PrometheusEndpoint
{
    /// <inheritdoc/>
    public override string Path => "/api/v1/query_explain";

    /// <inheritdoc/>
    public override bool TakesForms => true;

    /// <inheritdoc/>
    public override async Task AnswerAsync(PrometheusRequest request)
    {
        var parameters = request.Parameters;
        var isRange = parameters.Text("step").Length > 0;
        var start = isRange ? parameters.Time("start") : parameters.Time("time", request.NowMillis);
        var end = isRange ? parameters.Time("end") : start;
        var step = isRange ? parameters.Duration("step")!.Value : 0;
        if (end < start || step < 0 || (isRange && step == 0))
        {
            throw PrometheusException.BadParameter("step", "a range needs an end after its start and a step above 0");
        }

        var plan = await runner.ExplainAsync(parameters.Text("query"), start, end, step, request.CancellationToken);
        await request.AnswerAsync(json =>
        {
            json.Raw("{\"text\":"u8);
            json.Text(plan.ToText());
            json.Raw(",\"plan\":"u8);
            using (var writer = new Utf8JsonWriter(json))
            {
                plan.WriteJson(writer);
            }

            json.Raw((byte)'}');
        });
    }
}
