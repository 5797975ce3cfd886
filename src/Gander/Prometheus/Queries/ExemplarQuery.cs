using Gander.Prometheus.Answers;
using Gander.Prometheus.Language;
using Gander.Prometheus.Parameters;
using Gander.Query.PromQl.Series;
using Microsoft.Extensions.Options;

namespace Gander.Prometheus.Queries;

/// <summary><c>/api/v1/query_exemplars</c>: the exemplars of all series that a query selects.</summary>
internal sealed class ExemplarQuery(ISeriesCatalogue catalogue, IOptions<PrometheusOptions> options) : PrometheusEndpoint
{
    /// <inheritdoc/>
    public override string Path => "/api/v1/query_exemplars";

    /// <inheritdoc/>
    public override bool TakesForms => true;

    /// <inheritdoc/>
    public override async Task AnswerAsync(PrometheusRequest request)
    {
        var first = request.Parameters.Time("start", PrometheusTime.FirstMillis);
        var last = request.Parameters.Time("end", PrometheusTime.LastMillis);
        if (last < first)
        {
            throw PrometheusException.BadParameter("end", "end timestamp must not be before start timestamp");
        }

        var selectors = Selectors.Of(QueryText.Parse(request, options.Value)).Select(selector => selector.Matchers).ToList();

        // No selector would mean every series.
        IReadOnlyList<SeriesExemplars> found = selectors.Count == 0
            ? []
            : await catalogue.ReadExemplarsAsync(selectors, first, last, options.Value.MaxListEntries + 1, request.CancellationToken);
        var count = 0;
        var kept = found.TakeWhile(series => (count += series.Exemplars.Count) <= options.Value.MaxListEntries).ToList();
        await request.AnswerListAsync(kept, Write, kept.Count < found.Count ? [Truncated] : []);
    }

    private static void Write(JsonBytes json, SeriesExemplars series)
    {
        json.Raw("{\"seriesLabels\":"u8);
        json.Labels(series.SeriesLabels);
        json.Raw(",\"exemplars\":["u8);
        for (var i = 0; i < series.Exemplars.Count; i++)
        {
            var exemplar = series.Exemplars[i];
            json.Raw(i == 0 ? "{\"labels\":"u8 : ",{\"labels\":"u8);
            json.Labels(exemplar.Labels);
            json.Raw(",\"value\":"u8);
            json.Float(exemplar.Value);
            json.Raw(",\"timestamp\":"u8);
            json.Time(exemplar.TimeMillis);
            json.Raw((byte)'}');
        }

        json.Raw("]}"u8);
    }
}
