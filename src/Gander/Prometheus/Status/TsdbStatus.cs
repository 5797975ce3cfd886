using Gander.Prometheus.Answers;
using Gander.Query.PromQl.Series;

namespace Gander.Prometheus.Status;

/// <summary><c>/api/v1/status/tsdb</c>: how many series there are and what makes them many.</summary>
internal sealed class TsdbStatus(ISeriesCatalogue catalogue) : PrometheusEndpoint
{
    private const int DefaultTop = 10;
    private const int MaxTop = 10_000;

    /// <inheritdoc/>
    public override string Path => "/api/v1/status/tsdb";

    /// <inheritdoc/>
    public override async Task AnswerAsync(PrometheusRequest request)
    {
        var top = request.Parameters.Text("limit").Length == 0 ? DefaultTop : request.Parameters.Limit(MaxTop);
        var report = await catalogue.ReadCardinalityAsync(top, request.CancellationToken);
        await request.AnswerAsync(json =>
        {
            json.Raw("{\"headStats\":{\"numSeries\":"u8);
            json.Whole(report.SeriesCount);
            json.Raw(",\"numLabelPairs\":"u8);
            json.Whole(report.LabelPairCount);
            json.Raw(",\"chunkCount\":"u8);
            json.Whole(report.ActiveSeriesCount);
            json.Raw(",\"minTime\":"u8);
            json.Whole(report.MinTimeMillis ?? 0);
            json.Raw(",\"maxTime\":"u8);
            json.Whole(report.MaxTimeMillis ?? 0);
            json.Raw("},\"seriesCountByMetricName\":"u8);
            Write(json, report.SeriesByMetric);
            json.Raw(",\"labelValueCountByLabelName\":"u8);
            Write(json, report.ValuesByLabel);
            json.Raw(",\"memoryInBytesByLabelName\":"u8);
            Write(json, report.BytesByLabel);
            json.Raw(",\"seriesCountByLabelValuePair\":"u8);
            Write(json, report.SeriesByPair);
            json.Raw((byte)'}');
        });
    }

    private static void Write(JsonBytes json, IReadOnlyList<NamedCount> counts)
    {
        json.Raw((byte)'[');
        for (var i = 0; i < counts.Count; i++)
        {
            json.Raw(i == 0 ? "{\"name\":"u8 : ",{\"name\":"u8);
            json.Text(counts[i].Name);
            json.Raw(",\"value\":"u8);
            json.Whole(counts[i].Count);
            json.Raw((byte)'}');
        }

        json.Raw((byte)']');
    }
}
