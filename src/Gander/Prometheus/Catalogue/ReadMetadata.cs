using Gander.Query.PromQl.Series;
using Microsoft.Extensions.Options;

namespace Gander.Prometheus.Catalogue;

/// <summary><c>/api/v1/metadata</c>: type, help and unit of metrics.</summary>
internal sealed class ReadMetadata(ISeriesCatalogue catalogue, IOptions<PrometheusOptions> options) : PrometheusEndpoint
{
    /// <inheritdoc/>
    public override string Path => "/api/v1/metadata";

    /// <inheritdoc/>
    public override async Task AnswerAsync(PrometheusRequest request)
    {
        var most = options.Value.MaxListEntries;
        var limit = request.Parameters.Limit(most);
        var perMetric = request.Parameters.Limit(most, "limit_per_metric");
        var name = request.Parameters.Text("metric");
        var found = await catalogue.ListMetricsAsync(name.Length == 0 ? null : name, most, request.CancellationToken);
        var metrics = found.GroupBy(metric => metric.Name, StringComparer.Ordinal).Take(limit).ToList();
        await request.AnswerAsync(json =>
        {
            json.Raw((byte)'{');
            for (var i = 0; i < metrics.Count; i++)
            {
                if (i > 0)
                {
                    json.Raw((byte)',');
                }

                json.Text(metrics[i].Key);
                json.Raw((byte)':');
                var separator = (byte)'[';
                foreach (var metric in metrics[i].Take(perMetric))
                {
                    json.Raw(separator);
                    json.Raw("{\"type\":"u8);
                    json.Text(metric.Type);
                    json.Raw(",\"help\":"u8);
                    json.Text(metric.Help);
                    json.Raw(",\"unit\":"u8);
                    json.Text(metric.Unit);
                    json.Raw((byte)'}');
                    separator = (byte)',';
                }

                json.Raw((byte)']');
            }

            json.Raw((byte)'}');
        });
    }
}
