using Gander.Prometheus.Answers;
using Gander.Query.PromQl;
using Gander.Query.PromQl.Evaluation;

namespace Gander.Prometheus.Queries;

/// <summary>Writes the answer of a query.</summary>
internal static class QueryAnswer
{
    /// <summary>Writes the result, what is to be said of it and, where the request asks for them, figures of the evaluation.</summary>
    public static async Task WriteAsync(PrometheusRequest request, QueryResult result, Annotations annotations, int limit, TimeSpan took)
    {
        await using var body = request.Begin();
        body.Json.Raw((byte)'{');
        var isTruncated = await ResultJson.WriteAsync(body, result, limit);
        body.Json.Raw((byte)'}');
        Envelope.End(body.Json, isTruncated ? [.. annotations.Warnings, "results truncated due to limit"] : annotations.Warnings, annotations.Infos);
        await body.CompleteAsync();
    }
}
