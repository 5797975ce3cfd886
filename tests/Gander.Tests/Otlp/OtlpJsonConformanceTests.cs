using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Gander.Stores;
using Gander.Telemetry;
using Gander.Tests.Conformance;
using Gander.Tests.Stores;

namespace Gander.Tests.Otlp;

[Trait("Category", "Conformance")]
public sealed class OtlpJsonConformanceTests(ConformanceReport report)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_json_case_is_answered_and_stored_as_stated()
    {
        var cases = report.Folder("otlp");
        foreach (var example in SharedData.JsonLines("conformance", "otlp", "json-cases.jsonl"))
        {
            await cases.CheckAsync(example.Id, () => CheckAsync(example.Value));
        }

        cases.AssertAllPassed();
    }

    [Fact]
    public async Task Every_example_of_the_protocol_is_accepted_and_found_again()
    {
        var cases = report.Folder("otlp");
        foreach (var file in Directory.EnumerateFiles(SharedData.Require("conformance", "otlp"), "*.json").Order(StringComparer.Ordinal))
        {
            await cases.CheckAsync(Path.GetFileName(file), () => CheckExampleAsync(file));
        }

        cases.AssertAllPassed();
    }

    private static async Task CheckAsync(JsonElement example)
    {
        var metrics = new RecordingMetricStore();
        await using var server = await OtlpServer.StartAsync(new InMemoryStore(metrics: metrics));
        using var client = server.Client();
        var body = example.TryGetProperty("raw", out var raw) && raw.GetBoolean() ? example.GetProperty("body").GetString()! : example.GetProperty("body").GetRawText();

        using var response = await PostAsync(client, example.GetProperty("path").GetString()!, body);

        var status = example.GetProperty("status");
        int[] allowed = status.ValueKind == JsonValueKind.Array ? [.. status.EnumerateArray().Select(one => one.GetInt32())] : [status.GetInt32()];
        Assert.Contains((int)response.StatusCode, allowed);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel)).RootElement;
        if (response.StatusCode != HttpStatusCode.OK)
        {
            Assert.True(answer.GetProperty("code").GetInt32() > 0);
            Assert.NotEmpty(answer.GetProperty("message").GetString()!);
            return;
        }

        var isPartial = answer.TryGetProperty("partialSuccess", out var partial);
        if (example.TryGetProperty("partial", out var expected))
        {
            Assert.True(isPartial, "partialSuccess is missing");
            Assert.All(expected.EnumerateObject(), field => Assert.Equal(Text(field.Value), Text(partial.GetProperty(field.Name))));
            Assert.NotEmpty(partial.GetProperty("errorMessage").GetString()!);
        }
        else if (allowed.Length == 1)
        {
            Assert.False(isPartial, answer.ToString());
        }

        if (example.TryGetProperty("stored", out var stored))
        {
            await CheckStoredAsync(stored, server.Store, metrics);
        }
    }

    private static async Task CheckStoredAsync(JsonElement stored, ITelemetryStore store, RecordingMetricStore metrics)
    {
        using var spans = await store.Spans.FindAsync(Everything, Cancel);
        using var logs = await store.Logs.FindAsync(Everything, Cancel);
        foreach (var fact in stored.EnumerateObject())
        {
            switch (fact.Name)
            {
                case "spans":
                    Assert.Equal(fact.Value.GetInt32(), spans.Count);
                    break;
                case "logs":
                    Assert.Equal(fact.Value.GetInt32(), logs.Count);
                    break;
                case "points":
                    Assert.Equal(fact.Value.GetInt32(), metrics.Points.Count);
                    break;
                case "traceId":
                    Assert.Equal(fact.Value.GetString(), (spans.Count > 0 ? spans.TraceIds[0] : logs.TraceIds[0]).ToString());
                    break;
                case "spanId":
                    Assert.Equal(fact.Value.GetString(), spans.SpanIds[0].ToString());
                    break;
                case "kind":
                    Assert.Equal(fact.Value.GetInt32(), spans.Kinds[0]);
                    break;
                case "status":
                    Assert.Equal(fact.Value.GetInt32(), spans.StatusCodes[0]);
                    break;
                case "attr":
                    var attributes = SpanRecord.Read(spans, 0).Attributes;
                    Assert.All(fact.Value.EnumerateObject(), entry => Assert.Equal(Text(entry.Value), Text(attributes.Single(attribute => attribute.Key == entry.Name).Value)));
                    break;
                case "series":
                    // Names are the business of the metric store; that the points reached it with their values is ours.
                    Assert.NotEmpty(metrics.Points);
                    break;
                default:
                    Assert.Fail($"the fact '{fact.Name}' is not known to this test");
                    break;
            }
        }
    }

    private static async Task CheckExampleAsync(string file)
    {
        var text = await File.ReadAllTextAsync(file, Cancel);
        var signal = text.Contains("resourceSpans", StringComparison.Ordinal) ? "traces" : text.Contains("resourceMetrics", StringComparison.Ordinal) ? "metrics" : "logs";
        var metrics = new RecordingMetricStore();
        await using var server = await OtlpServer.StartAsync(new InMemoryStore(metrics: metrics));
        using var client = server.Client();

        using var response = await PostAsync(client, $"/v1/{signal}", text);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("{}", await response.Content.ReadAsStringAsync(Cancel));
        using var spans = await server.Store.Spans.FindAsync(Everything, Cancel);
        using var logs = await server.Store.Logs.FindAsync(Everything, Cancel);
        var found = string.Join('\n', [.. SpanRecord.ReadAll(spans).Select(Describe), .. LogRecord.ReadAll(logs).Select(Describe), .. metrics.Points]);
        Assert.All(Leaves(JsonDocument.Parse(text).RootElement), leaf => Assert.Contains(leaf, found, StringComparison.OrdinalIgnoreCase));
    }

    // Every string and number of the example: names, ids, times, values. Base64 and nested values are held as text.
    private static IEnumerable<string> Leaves(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Leaves(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Leaves),
        JsonValueKind.String => [element.GetString()!],
        JsonValueKind.Number => [element.GetDouble().ToString("R", CultureInfo.InvariantCulture)],
        _ => [],
    };

    private static string Describe(TelemetryRecord record) =>
        $"{record.Describe()} {string.Join(' ', record.Scope.Attributes.Concat(record.Attributes).Select(attribute => $"{attribute.Key}={Text(attribute.Value)}"))}";

    private static RecordQuery Everything => new(TimeRange.All, [], 10_000, RecordDetail.Everything);

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string path, string body)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return await client.PostAsync(new Uri(path, UriKind.Relative), content, Cancel);
    }

    private static string Text(JsonElement element) => element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText();

    private static string Text(AttributeValue value) => value.Kind switch
    {
        AttributeKind.Int => value.Bits.ToString(CultureInfo.InvariantCulture),
        AttributeKind.Double => value.Double.ToString("R", CultureInfo.InvariantCulture),
        AttributeKind.Bool => value.Bits != 0 ? "true" : "false",
        _ => value.Text,
    };
}
