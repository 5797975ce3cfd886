using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Gander.Prometheus.Answers;
using Gander.Query.PromQl;
using Gander.Query.PromQl.Series;
using Microsoft.AspNetCore.Http;

namespace Gander.Benchmarks.Prometheus;

/// <summary>Writing the answer of a range query of 700 series over an hour, rates as a counter gives them; an operation is one sample.</summary>
[MemoryDiagnoser]
public class AnswerBenchmarks
{
    private const int SeriesCount = 700;
    private const int Steps = 240;

    private QueryResult.Matrix _matrix = new([]);

    [GlobalSetup]
    public void Prepare()
    {
        var random = new Random(7);
        _matrix = new QueryResult.Matrix([.. Enumerable.Range(0, SeriesCount).Select(number => Series(number, random))]);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = SeriesCount * Steps)]
    public void Plainly()
    {
        using var writer = new Utf8JsonWriter(Stream.Null);
        writer.WriteStartObject();
        writer.WriteString("resultType", "matrix");
        writer.WriteStartArray("result");
        foreach (var series in _matrix.Series)
        {
            writer.WriteStartObject();
            writer.WriteStartObject("metric");
            foreach (var (name, value) in series.Labels.Pairs())
            {
                writer.WriteString(name, value);
            }

            writer.WriteEndObject();
            writer.WriteStartArray("values");
            for (var i = 0; i < series.Samples.Count; i++)
            {
                writer.WriteStartArray();
                writer.WriteNumberValue(series.Samples.Times[i] / 1000m);
                writer.WriteStringValue(PromQlNumber.Format(series.Samples.Values[i]));
                writer.WriteEndArray();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    [Benchmark(OperationsPerInvoke = SeriesCount * Steps)]
    public Task Write() => WriteAsync("");

    [Benchmark(OperationsPerInvoke = SeriesCount * Steps)]
    public Task WriteGzip() => WriteAsync("gzip");

    [Benchmark(OperationsPerInvoke = SeriesCount * Steps)]
    public Task WriteZstd() => WriteAsync("zstd");

    private async Task WriteAsync(string accepted)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.AcceptEncoding = accepted;
        await using var body = new AnswerBody(context, CancellationToken.None);
        await ResultJson.WriteAsync(body, _matrix, int.MaxValue);
        await body.CompleteAsync();
    }

    private static MatrixSeries Series(int number, Random random)
    {
        var samples = new Samples();
        for (var step = 0; step < Steps; step++)
        {
            samples.Add(1_773_100_800_123 + (step * 15_000L), number % 4 == 0 ? random.Next(0, 5_000) : random.Next(1, 400) / 270.0);
        }

        var labels = Labels.Of([
            new("__name__", "traces_span_metrics_calls_total"), new("service_name", "goose"), new("service_instance_id", $"0f3a-{number:x4}"), new("span_name", "dispatch_tool_call"), new("user_name", $"user-{number % 50}"),
        ]);
        return new MatrixSeries(labels, samples);
    }
}
