using System.Diagnostics;
using Gander.Query.PromQl;
using Gander.Query.PromQl.Histograms;
using Gander.Query.PromQl.Series;

namespace Gander.Prometheus.Answers;

/// <summary>Writes the result of a query as Prometheus does (its HTTP API, "Expression query result formats").</summary>
internal static class ResultJson
{
    // Written between two looks at how much has gathered.
    private const int SamplesPerLook = 1_024;

    /// <summary>Writes <c>"resultType":…,"result":…</c>.</summary>
    /// <param name="body">Where to write.</param>
    /// <param name="result">The result.</param>
    /// <param name="limit">At most this many series.</param>
    /// <returns>Whether series were left out.</returns>
    public static async ValueTask<bool> WriteAsync(AnswerBody body, QueryResult result, int limit)
    {
        var json = body.Json;
        switch (result)
        {
            case QueryResult.Scalar scalar:
                json.Raw("\"resultType\":\"scalar\",\"result\":["u8);
                json.Time(scalar.TimeMillis);
                json.Raw((byte)',');
                json.Float(scalar.Value);
                json.Raw((byte)']');
                return false;
            case QueryResult.Text text:
                json.Raw("\"resultType\":\"string\",\"result\":["u8);
                json.Time(text.TimeMillis);
                json.Raw((byte)',');
                json.Text(text.Value);
                json.Raw((byte)']');
                return false;
            case QueryResult.Vector vector:
                await WriteAsync(body, vector, limit);
                return vector.Samples.Count > limit;
            case QueryResult.Matrix matrix:
                await WriteAsync(body, matrix, limit);
                return matrix.Series.Count > limit;
            default:
                throw new UnreachableException($"no form for {result.GetType()}");
        }
    }

    private static async ValueTask WriteAsync(AnswerBody body, QueryResult.Vector vector, int limit)
    {
        var json = body.Json;
        json.Raw("\"resultType\":\"vector\",\"result\":["u8);
        for (var i = 0; i < Math.Min(limit, vector.Samples.Count); i++)
        {
            var sample = vector.Samples[i];
            json.Raw(i == 0 ? "{\"metric\":"u8 : ",{\"metric\":"u8);
            json.Labels(sample.Labels);
            json.Raw(sample.Histogram is null ? ",\"value\":"u8 : ",\"histogram\":"u8);
            Write(json, sample.TimeMillis, sample.Value, sample.Histogram);
            json.Raw((byte)'}');
            await body.SendGatheredAsync();
        }

        json.Raw((byte)']');
    }

    private static async ValueTask WriteAsync(AnswerBody body, QueryResult.Matrix matrix, int limit)
    {
        var json = body.Json;
        json.Raw("\"resultType\":\"matrix\",\"result\":["u8);
        for (var i = 0; i < Math.Min(limit, matrix.Series.Count); i++)
        {
            var series = matrix.Series[i];
            json.Raw(i == 0 ? "{\"metric\":"u8 : ",{\"metric\":"u8);
            json.Labels(series.Labels);
            await WriteAsync(body, series.Samples, histograms: false);
            if (series.Samples.HasHistograms)
            {
                await WriteAsync(body, series.Samples, histograms: true);
            }

            json.Raw((byte)'}');
            await body.SendGatheredAsync();
        }

        json.Raw((byte)']');
    }

    private static async ValueTask WriteAsync(AnswerBody body, Samples samples, bool histograms)
    {
        var isEmpty = true;
        for (var from = 0; from < samples.Count; from += SamplesPerLook)
        {
            Write(body.Json, samples, from, Math.Min(samples.Count, from + SamplesPerLook), histograms, ref isEmpty);
            await body.SendGatheredAsync();
        }

        if (!isEmpty)
        {
            body.Json.Raw((byte)']');
        }
    }

    // Floats and histograms of a series stand in lists of their own; one without entries is left out.
    private static void Write(JsonBytes json, Samples samples, int from, int to, bool histograms, ref bool isEmpty)
    {
        var times = samples.Times;
        var values = samples.Values;
        var distributions = samples.HasHistograms ? samples.Histograms : default;
        for (var i = from; i < to; i++)
        {
            var histogram = distributions.IsEmpty ? null : distributions[i];
            if (histogram is not null != histograms)
            {
                continue;
            }

            json.Raw(!isEmpty ? ","u8 : histograms ? ",\"histograms\":["u8 : ",\"values\":["u8);
            isEmpty = false;
            Write(json, times[i], values[i], histogram);
        }
    }

    private static void Write(JsonBytes json, long timeMillis, double value, FloatHistogram? histogram)
    {
        json.Raw((byte)'[');
        json.Time(timeMillis);
        json.Raw((byte)',');
        if (histogram is null)
        {
            json.Float(value);
        }
        else
        {
            Write(json, histogram);
        }

        json.Raw((byte)']');
    }

    /// <summary>Writes a native histogram; empty buckets are left out.</summary>
    private static void Write(JsonBytes json, FloatHistogram histogram)
    {
        json.Raw("{\"count\":"u8);
        json.Float(histogram.Count);
        json.Raw(",\"sum\":"u8);
        json.Float(histogram.Sum);
        var isFirst = true;
        foreach (var bucket in histogram.Buckets())
        {
            if (bucket.Count == 0)
            {
                continue;
            }

            json.Raw(isFirst ? ",\"buckets\":[["u8 : ",["u8);
            isFirst = false;
            json.Whole(Boundaries(histogram, bucket));
            json.Raw((byte)',');
            json.Float(bucket.Lower);
            json.Raw((byte)',');
            json.Float(bucket.Upper);
            json.Raw((byte)',');
            json.Float(bucket.Count);
            json.Raw((byte)']');
        }

        json.Raw(isFirst ? "}"u8 : "]}"u8);
    }

    // 0: open on the left, 1: open on the right, 3: closed on both sides.
    private static int Boundaries(FloatHistogram histogram, Bucket bucket) =>
        histogram.HasCustomBuckets ? (bucket.Index == 0 ? 3 : 0)
        : bucket.Lower > 0 ? 0
        : bucket.Upper < 0 ? 1
        : 3;
}
