using Gander.Query.PromQl.Series;
using Microsoft.Extensions.Options;

namespace Gander.Prometheus.Catalogue;

/// <summary><c>/api/v1/series</c>: the label sets of the series that match.</summary>
internal sealed class FindSeries(ISeriesCatalogue catalogue, IOptions<PrometheusOptions> options) : PrometheusEndpoint
{
    /// <inheritdoc/>
    public override string Path => "/api/v1/series";

    /// <inheritdoc/>
    public override bool TakesForms => true;

    /// <inheritdoc/>
    public override async Task AnswerAsync(PrometheusRequest request)
    {
        var selectors = request.Parameters.Selectors();
        if (selectors.Count == 0)
        {
            throw new PrometheusException(ErrorType.BadData, "no match[] parameter provided");
        }

        var limit = request.Parameters.Limit(options.Value.MaxListEntries);
        var (first, last) = SeriesRange.Of(request.Parameters);
        var found = await catalogue.FindAsync(selectors, first, last, limit + 1, request.CancellationToken);
        var (series, warnings) = Cut(found, limit);
        await request.AnswerListAsync(series, static (json, labels) => json.Labels(labels), warnings);
    }
}
