using System.IO.Compression;
using System.Text.Json;
using Gander.Query.PromQl;
using Gander.Query.PromQl.Evaluation;
using Gander.Query.PromQl.OpenTelemetry;
using Gander.Tests.Conformance;
using Gander.Tests.Otlp;
using Gander.Tests.Stores;

namespace Gander.Tests.Query.PromQl.OpenTelemetry;

/// <summary>What PromQL counts in the metrics of real agents is what their manifests say, deltas and parallel processes included.</summary>
[Trait("Category", "Conformance")]
public sealed class FixtureQueryTests(ConformanceReport report)
{
    // The manifests of agents say each figure by the value of one label, or as a number or an object by the names here.
    private static readonly (string Agent, string Figure, string Metric, string Label)[] Figures =
    [
        ("claude-code", "token_metric", "claude_code_token_usage_tokens_total", "type"),
        ("claude-code", "cost_usd_metric", "claude_code_cost_usage_USD_total", ""),
        ("claude-code", "lines", "claude_code_lines_of_code_count_total", "type"),
        ("claude-code", "commits", "claude_code_commit_count_total", ""),
        ("claude-code", "pull_requests", "claude_code_pull_request_count_total", ""),
        ("claude-code", "sessions_started", "claude_code_session_count_total", "start_type"),
        ("codex", "token_metric", "codex_turn_token_usage_sum", "token_type"),
        ("gemini-cli", "token_metric", "gemini_cli_token_usage_total", "type"),
        ("gemini-cli", "lines", "gemini_cli_lines_changed_total", "type"),
        ("qwen-code", "token_metric", "qwen_code_token_usage_total", "type"),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Figures_of_agents_are_what_their_manifests_say()
    {
        foreach (var agent in SharedData.Scenarios().GroupBy(scenario => scenario.Agent).Where(agent => Figures.Any(figure => figure.Agent == agent.Key)))
        {
            var cases = report.Folder(agent.Key);
            foreach (var scenario in agent)
            {
                await cases.CheckAsync($"{scenario.Agent}/{scenario.Name}: figures by PromQL", () => CheckFiguresAsync(scenario));
            }

            cases.AssertAllPassed();
        }
    }

    [Fact]
    public async Task Counters_of_goose_are_what_their_manifests_say()
    {
        var cases = report.Folder("goose");
        foreach (var scenario in SharedData.Scenarios("goose").Where(scenario => scenario.Manifest.GetProperty("expected").TryGetProperty("metrics", out _)))
        {
            await cases.CheckAsync($"goose/{scenario.Name}: counters by PromQL", () => CheckGooseAsync(scenario));
        }

        cases.AssertAllPassed();
    }

    private static async Task CheckFiguresAsync(FixtureScenario scenario)
    {
        using var source = await LoadAsync(scenario);
        foreach (var (_, figure, metric, label) in Figures.Where(figure => figure.Agent == scenario.Agent))
        {
            if (!scenario.Manifest.GetProperty("telemetry").TryGetProperty(figure, out var expected) || expected.ValueKind == JsonValueKind.Null)
            {
                continue;
            }

            var counted = await CountAsync(source, $"sum by ({label}) (increase({metric}[1d] anchored))");
            if (expected.ValueKind == JsonValueKind.Number)
            {
                Assert.Equal(expected.GetDouble(), counted.Values.Sum(), 9);
                continue;
            }

            foreach (var entry in expected.EnumerateObject())
            {
                Assert.Equal((figure, entry.Name, entry.Value.GetDouble()), (figure, entry.Name, counted.GetValueOrDefault(entry.Name)));
            }
        }
    }

    private static async Task CheckGooseAsync(FixtureScenario scenario)
    {
        using var source = await LoadAsync(scenario);
        foreach (var metric in scenario.Manifest.GetProperty("expected").GetProperty("metrics").EnumerateArray())
        {
            var name = metric.GetProperty("name").GetString()!.Replace('.', '_') + "_total";
            var matchers = metric.GetProperty("attributes").EnumerateObject()
                .Where(attribute => attribute.Name != "message" && attribute.Value.ValueKind != JsonValueKind.Number)
                .Select(attribute => $"{attribute.Name.Replace('.', '_')}={JsonSerializer.Serialize(TextOf(attribute.Value))}")
                .Concat(metric.GetProperty("attributes").EnumerateObject()
                    .Where(attribute => attribute.Value.ValueKind == JsonValueKind.Number && !attribute.Value.GetRawText().Contains('.', StringComparison.Ordinal))
                    .Select(attribute => $"{attribute.Name.Replace('.', '_')}=\"{attribute.Value.GetRawText()}\""));

            var counted = await CountAsync(source, $"sum(increase({name}{{{string.Join(',', matchers)}}}[1d] anchored))");

            Assert.Equal((name, metric.GetProperty("value").GetDouble()), (name, counted.Values.Single()));
        }
    }

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => value.GetString()!,
    };

    private static async Task<Dictionary<string, double>> CountAsync(Source source, string query)
    {
        var engine = new PromQlEngine(source.Series, new QueryLimits(), PromQlFeatures.ExtendedRangeSelectors);
        var (result, _) = await engine.InstantAsync(query, source.LastMillis, Cancel);
        return Assert.IsType<QueryResult.Vector>(result).Samples.ToDictionary(
            sample => string.Join(',', sample.Labels.Values.ToArray()), sample => Math.Round(sample.Value, 9));
    }

    private static async Task<Source> LoadAsync(FixtureScenario scenario)
    {
        var store = new InMemoryMetricStore();
        foreach (var request in scenario.Requests.Where(request => request.Signal == "metrics"))
        {
            using var batch = Decoding.Metrics(Unpack(request), request.ContentType.Contains("json", StringComparison.Ordinal));
            await store.WriteAsync([batch], Cancel);
        }

        return new Source(new OtlpSeriesSource(store, new OtlpTranslationOptions()), ((store.ReadState().NewestNanos ?? 0) / 1_000_000) + 1);
    }

    private static byte[] Unpack(FixtureRequest request)
    {
        if (request.ContentEncoding is null)
        {
            return request.ReadBody();
        }

        using var unpacked = new MemoryStream();
        using var gzip = new GZipStream(new MemoryStream(request.ReadBody()), CompressionMode.Decompress);
        gzip.CopyTo(unpacked);
        return unpacked.ToArray();
    }

    private sealed record Source(OtlpSeriesSource Series, long LastMillis) : IDisposable
    {
        public void Dispose() => Series.Dispose();
    }
}
