using System.Text.Json;
using Gander.Query.PromQl;
using Gander.Query.PromQl.Evaluation;
using Gander.Query.PromQl.Series;
using Gander.Query.Shared;
using Gander.Tests.Conformance;
using Gander.Tests.Query.PromQl.Recorded;

namespace Gander.Tests.Query.PromQl;

[Trait("Category", "Conformance")]
public sealed class RecordedConformanceTests(ConformanceReport report)
{
    [Theory]
    [InlineData("promql-vs-prometheus")]
    [InlineData("promql-compliance")]
    public async Task Every_recorded_query_has_the_answer_of_Prometheus(string folder)
    {
        var cases = report.Folder(folder);
        var examples = SharedData.JsonLines("conformance", folder, "cases.jsonl").ToList();
        var source = OpenMetricsFile.Read(SharedData.Require("conformance", folder, "data.om.gz"));
        var engine = new PromQlEngine(source, new QueryLimits(), PromQlFeatures.All);

        foreach (var example in examples)
        {
            var query = example.Value.GetProperty("query").GetString()!;
            if (example.Value.TryGetProperty("note", out var note) && note.GetString()!.Contains("2.x", StringComparison.Ordinal))
            {
                cases.Skip($"{example.Id} {query}", note.GetString()!);
                continue;
            }

            await cases.CheckAsync($"{example.Id} {query}", () => CheckAsync(engine, query, example.Value));
        }

        cases.AssertAllPassed();
    }

    private static async Task CheckAsync(PromQlEngine engine, string query, JsonElement example)
    {
        var expected = example.GetProperty("expect");
        try
        {
            var actual = example.TryGetProperty("time", out var time)
                ? (await engine.InstantAsync(query, Millis(time), CancellationToken.None)).Result
                : (await engine.RangeAsync(
                    query,
                    Millis(example.GetProperty("start")),
                    Millis(example.GetProperty("end")),
                    Millis(example.GetProperty("step")),
                    CancellationToken.None)).Result;

            Assert.Equal("success", expected.GetProperty("status").GetString());
            var data = expected.GetProperty("data");
            var isOrdered = example.TryGetProperty("ordered", out var ordered) && ordered.GetBoolean();
            Compare(query, data.GetProperty("resultType").GetString()!, data.GetProperty("result"), actual, isOrdered);
        }
        catch (QueryException error) when (expected.GetProperty("status").GetString() == "error")
        {
            Assert.Equal(error.Kind == QueryErrorKind.BadQuery ? "bad_data" : "execution", expected.GetProperty("errorType").GetString());
        }
    }

    private static void Compare(string query, string type, JsonElement expected, QueryResult actual, bool isOrdered)
    {
        // The recorded version still kept the metric's name over this one arithmetic operator; later ones drop it (operators.test).
        var dropsName = query.Contains(" atan2 ", StringComparison.Ordinal);
        switch (type)
        {
            case "scalar":
                var scalar = Assert.IsType<QueryResult.Scalar>(actual);
                CompareValue(expected, scalar.TimeMillis, scalar.Value, "scalar");
                break;
            case "string":
                Assert.Equal(expected[1].GetString(), Assert.IsType<QueryResult.Text>(actual).Value);
                break;
            case "vector":
                var vector = Assert.IsType<QueryResult.Vector>(actual);
                CompareSeries(expected, [.. vector.Samples.Select(sample => (sample.Labels, One(sample)))], "value", isOrdered, dropsName);
                break;
            default:
                var matrix = Assert.IsType<QueryResult.Matrix>(actual);
                CompareSeries(expected, [.. matrix.Series.Select(series => (series.Labels, series.Samples))], "values", isOrdered: false, dropsName);
                break;
        }
    }

    private static Samples One(VectorSample sample)
    {
        var samples = new Samples();
        samples.Add(sample.TimeMillis, sample.Value);
        return samples;
    }

    private static void CompareSeries(
        JsonElement expected, List<(Labels Labels, Samples Samples)> actual, string member, bool isOrdered, bool dropsName)
    {
        var wanted = expected.EnumerateArray()
            .Select(series => (Labels: ReadLabels(series.GetProperty("metric"), dropsName), Series: series))
            .ToList();
        if (!isOrdered)
        {
            wanted.Sort((left, right) => left.Labels.CompareTo(right.Labels));
            actual.Sort((left, right) => left.Labels.CompareTo(right.Labels));
        }

        Assert.Equal(wanted.Select(series => series.Labels), actual.Select(series => series.Labels));
        for (var i = 0; i < wanted.Count; i++)
        {
            var values = wanted[i].Series.GetProperty(member);
            var points = member == "value" ? [values] : values.EnumerateArray().ToList();
            Assert.Equal(points.Count, actual[i].Samples.Count);
            for (var at = 0; at < points.Count; at++)
            {
                CompareValue(points[at], actual[i].Samples.Times[at], actual[i].Samples.Values[at], actual[i].Labels.ToString());
            }
        }
    }

    private static Labels ReadLabels(JsonElement metric, bool dropsName)
    {
        var labels = Labels.Of(metric.EnumerateObject().Select(pair => KeyValuePair.Create(pair.Name, pair.Value.GetString()!)));
        return dropsName ? labels.WithoutName() : labels;
    }

    private static void CompareValue(JsonElement expected, long timeMillis, double value, string what)
    {
        Assert.Equal(Millis(expected[0]), timeMillis);
        var wanted = OpenMetricsFile.ParseValue(expected[1].GetString()!);
        var isAlike = wanted.Equals(value) || Math.Abs(wanted - value) <= 1e-9 + (1e-6 * Math.Max(Math.Abs(wanted), Math.Abs(value)));
        Assert.True(isAlike, $"{what} at {timeMillis}: expected {wanted}, got {value}");
    }

    private static long Millis(JsonElement seconds) => (long)Math.Round(seconds.GetDecimal() * 1000);
}
