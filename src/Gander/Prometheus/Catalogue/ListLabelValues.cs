using Gander.Query.PromQl.Series;
using Microsoft.Extensions.Options;

namespace Gander.Prometheus.Catalogue;

/// <summary><c>/api/v1/label/{name}/values</c>: the values of a label.</summary>
internal sealed class ListLabelValues(ISeriesCatalogue catalogue, IOptions<PrometheusOptions> options) : PrometheusEndpoint
{
    /// <inheritdoc/>
    public override string Path => "/api/v1/label/{name}/values";

    /// <inheritdoc/>
    public override async Task AnswerAsync(PrometheusRequest request)
    {
        var name = EscapedName.Read(request.PathValue("name"));
        if (name.Length == 0)
        {
            throw new PrometheusException(ErrorType.BadData, "invalid label name: \"\"");
        }

        var limit = request.Parameters.Limit(options.Value.MaxListEntries);
        var (first, last) = SeriesRange.Of(request.Parameters);
        var found = await catalogue.ListLabelValuesAsync(name, request.Parameters.Selectors(), first, last, limit + 1, request.CancellationToken);
        var (values, warnings) = Cut(found, limit);
        await request.AnswerListAsync(values, static (json, value) => json.Text(value), warnings);
    }
}
