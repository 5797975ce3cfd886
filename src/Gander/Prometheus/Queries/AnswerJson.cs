using Gander.Prometheus.Answers;
using Gander.Query.PromQl;

namespace Gander.Prometheus.Queries;

/// <summary>Writes the answer of a query.</summary>
internal static class AnswerJson
{
    // A time and a value: what Prometheus counts its peak in.
    private const int BytesPerSample = 16;

    /// <summary>Writes the result, what is to be said of it and, where the request asks for them, figures of the evaluation.</summary>
    public static async Task WriteAsync(PrometheusRequest request, QueryAnswer<QueryResult> answer, int limit)
    {
        await using var body = request.Begin();
        body.Json.Raw((byte)'{');
        var isTruncated = await ResultJson.WriteAsync(body, answer.Result, limit);
        var stats = request.Parameters.Text("stats");
        if (stats.Length > 0)
        {
            Write(body.Json, answer.Statistics, request.Waited, tellsSteps: stats == "all");
        }

        body.Json.Raw((byte)'}');
        var notes = answer.Annotations;
        Envelope.End(body.Json, isTruncated ? [.. notes.Warnings, PrometheusEndpoint.Truncated] : notes.Warnings, notes.Infos);
        await body.CompleteAsync();
    }

    // The names are Prometheus'; what it times apart is one here.
    private static void Write(JsonBytes json, QueryStatistics statistics, TimeSpan waited, bool tellsSteps)
    {
        json.Raw(",\"stats\":{\"timings\":{\"evalTotalTime\":"u8);
        json.Seconds(statistics.Elapsed);
        json.Raw(",\"resultSortTime\":0,\"queryPreparationTime\":0,\"innerEvalTime\":"u8);
        json.Seconds(statistics.Elapsed);
        json.Raw(",\"execQueueTime\":"u8);
        json.Seconds(waited);
        json.Raw(",\"execTotalTime\":"u8);
        json.Seconds(statistics.Elapsed + waited);
        json.Raw("},\"samples\":{"u8);
        if (tellsSteps)
        {
            WriteSteps(json, statistics.Steps);
        }

        json.Raw("\"totalQueryableSamples\":"u8);
        json.Whole(statistics.Steps.Sum(step => step.Samples));
        json.Raw(",\"peakSamples\":"u8);
        json.Whole(statistics.PeakBytes / BytesPerSample);
        json.Raw("}}"u8);
    }

    private static void WriteSteps(JsonBytes json, IReadOnlyList<StepSamples> steps)
    {
        json.Raw("\"totalQueryableSamplesPerStep\":["u8);
        for (var i = 0; i < steps.Count; i++)
        {
            json.Raw(i == 0 ? "["u8 : ",["u8);
            json.Time(steps[i].TimeMillis);
            json.Raw((byte)',');
            json.Whole(steps[i].Samples);
            json.Raw((byte)']');
        }

        json.Raw("],"u8);
    }
}
