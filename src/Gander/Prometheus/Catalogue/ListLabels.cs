using Gander.Query.PromQl.Series;
using Microsoft.Extensions.Options;

namespace Gander.Prometheus.Catalogue;

/// <summary><c>/api/v1/labels</c>: the names of labels.</summary>
internal sealed class ListLabels(ISeriesCatalogue catalogue, IOptions<PrometheusOptions> options) : PrometheusEndpoint
{
    /// <inheritdoc/>
    public override string Path => "/api/v1/labels";

    /// <inheritdoc/>
    public override bool TakesForms => true;

    /// <inheritdoc/>
    public override async Task AnswerAsync(PrometheusRequest request)
    {
        var limit = request.Parameters.Limit(options.Value.MaxListEntries);
        var (first, last) = SeriesRange.Of(request.Parameters);
        var found = await catalogue.ListLabelNamesAsync(request.Parameters.Selectors(), first, last, limit + 1, request.CancellationToken);
        var (names, warnings) = Cut(found, limit);
        await request.AnswerListAsync(names, static (json, name) => json.Text(name), warnings);
    }
}
