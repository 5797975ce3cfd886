using System.Globalization;
using System.Text.Json;
using Gander.EndToEnd.Harness;

namespace Gander.EndToEnd.Agent;

/// <summary>What goose's integration page says one can do with the data, asked as it is written there, of sessions of Gander's agent.</summary>
public sealed class PageQueriesTests(AgentTelemetryStage stage) : IClassFixture<AgentTelemetryStage>
{
    private const string ModelLatency = """
        histogram_quantile(0.95,
        sum by (le, gen_ai_request_model) (rate(traces_span_metrics_duration_milliseconds_bucket{ServiceName="goose",SpanName="stream_response_from_provider"}[5m]))
        )
        """;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_query_for_the_latency_of_models_gives_that_of_the_whole_call()
    {
        await stage.RunAsync("""script:[{"text":"one two three","delayMs":700}]""", Cancel, ("GOOSE_MODEL", "gpt-4o-mini"));

        var answer = await PromQl.EventuallyAsync(stage.Gander, ModelLatency, series => series.Any(IsSlow), Cancel);

        Assert.InRange(answer.Single(IsSlow).Values[^1], 500, 5_000);

        static bool IsSlow(PromQlSeries series) => series.Labels.GetValueOrDefault("gen_ai_request_model") == "gpt-4o-mini" && series.Values[^1] > 0;
    }

    [Fact]
    public async Task Failed_tools_are_spans_with_status_ERROR_and_can_be_told_by_name()
    {
        var (id, traceId) = await RunAsync("scenario:mixed please", "failing", Cancel);

        var failed = (await stage.Gander.GetAsync($"/api/traces?name=dispatch_tool_call&status=error&session={id}&{Of("failing")}", Cancel)).Items("traces");
        Assert.Equal(traceId, Assert.Single(failed).Text("traceId"));
        var errors = (await SpansAsync(traceId)).Where(span => span.Text("name") == "dispatch_tool_call" && IsError(span)).ToList();

        Assert.Equal(2, errors.Count);
        Assert.All(errors, span => Assert.Superset(new HashSet<string?> { "input", "output", "session.id", "gen_ai.tool.name" }, Keys(span)));
        var counted = await PromQl.EventuallyAsync(stage.Gander, """sum by (gen_ai_tool_name) (traces_span_metrics_calls_total{SpanName="dispatch_tool_call",status_code="STATUS_CODE_ERROR"}) > 0""", series => series.Count > 0, Cancel);
        Assert.Superset(errors.Select(span => Attribute(span, "gen_ai.tool.name")).ToHashSet(), counted.Select(series => series.Labels.GetValueOrDefault("gen_ai_tool_name")).ToHashSet());
    }

    [Fact]
    public async Task Every_span_and_log_of_a_session_is_found_by_its_id_in_the_order_of_the_trace()
    {
        var (id, traceId) = await RunAsync("scenario:tool please", "replayed", Cancel);

        var all = (await stage.Gander.GetAsync($"/api/logs?limit=1000&{Of("replayed")}", Cancel)).Items("logs");
        var found = (await stage.Gander.GetAsync($"/api/logs?limit=1000&session={id}&{Of("replayed")}", Cancel)).Items("logs");
        Assert.True(found.Count >= 8 && found.Count == all.Count, string.Create(CultureInfo.InvariantCulture, $"{found.Count} of {all.Count} logs"));
        var spans = (await SpansAsync(traceId)).OrderBy(span => long.Parse(span.Text("startTimeUnixNano")!, CultureInfo.InvariantCulture)).ToList();

        Assert.All(spans, span => Assert.Equal(id, Attribute(span, "session.id")));
        Assert.Equal(
            ["reply", "reply_stream", "stream_response_from_provider", "dispatch_tool_call", "stream_response_from_provider"],
            spans.Select(span => span.Text("name")));
    }

    [Fact]
    public async Task A_sampled_run_keeps_its_counters_and_logs()
    {
        var before = await TokensAsync();

        await stage.RunAsync("scenario:text please", Cancel, ("OTEL_TRACES_SAMPLER", "parentbased_traceidratio"), ("OTEL_TRACES_SAMPLER_ARG", "0"), ("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment=sampled"));

        await Eventually.GetAsync(TokensAsync, tokens => tokens > before, Limit, "More tokens", Cancel);
        Assert.NotEmpty((await stage.Gander.GetAsync("/api/logs?attr=total_tokens&resource=deployment.environment=sampled", Cancel)).Items("logs"));
        Assert.Empty((await stage.Gander.GetAsync("/api/traces?resource=deployment.environment=sampled", Cancel)).Items("traces"));
    }

    [Fact]
    public async Task Tokens_add_up_over_a_window()
    {
        const string ofRun = "deployment.environment=summed";
        for (var run = 0; run < 2; run++)
        {
            await stage.RunAsync("scenario:text please", Cancel, ("OTEL_RESOURCE_ATTRIBUTES", ofRun));
        }

        var ends = await Eventually.GetAsync(
            async () => (await stage.Gander.GetAsync($"/api/logs?attr=total_tokens&resource={ofRun}", Cancel)).Items("logs"), logs => logs.Count == 2, Limit, "Both ends", Cancel);
        var inLogs = ends.Sum(end => end.GetProperty("attributes").Number("total_tokens"));
        var inMetrics = await PromQl.EventuallyAsync(stage.Gander, """sum(last_over_time(goose_session_tokens{deployment_environment="summed"}[1d]))""", series => series.Count == 1 && series[0].Values[^1] >= inLogs, Cancel);

        Assert.Equal(inLogs, inMetrics[0].Values[^1]);
    }

    // Runs it marked with an environment, and gives the session and the one trace it made.
    private async Task<(string Id, string TraceId)> RunAsync(string prompt, string mark, CancellationToken cancellationToken)
    {
        await stage.RunAsync(prompt, cancellationToken, ("OTEL_RESOURCE_ATTRIBUTES", $"deployment.environment={mark}"));
        var traces = await Eventually.GetAsync(
            async () => (await stage.Gander.GetAsync($"/api/traces?field=session&{Of(mark)}", cancellationToken)).Items("traces"), found => found.Count > 0, Limit, "The trace", cancellationToken);
        var trace = Assert.Single(traces);
        return (trace.GetProperty("matched").GetProperty("attributes").Text("session.id")!, trace.Text("traceId")!);
    }

    private async Task<double> TokensAsync() => (await PromQl.AskAsync(stage.Gander, "sum(goose_session_tokens)", Cancel)) is [var sum] ? sum.Values[^1] : 0;

    private async Task<IReadOnlyList<JsonElement>> SpansAsync(string traceId) =>
    [
        .. (await stage.Gander.GetAsync($"/api/traces/{traceId}", Cancel)).Items("resourceSpans")
            .SelectMany(resource => resource.Items("scopeSpans"))
            .SelectMany(scope => scope.Items("spans")),
    ];

    private static string Of(string mark) => $"resource=deployment.environment={mark}";

    private static bool IsError(JsonElement span) => span.TryGetProperty("status", out var status) && status.TryGetProperty("code", out var code) && code.ToString() is "2" or "STATUS_CODE_ERROR";

    private static HashSet<string?> Keys(JsonElement span) => [.. span.Items("attributes").Select(attribute => attribute.Text("key"))];

    private static string? Attribute(JsonElement span, string key) => span.Items("attributes").Single(attribute => attribute.Text("key") == key).GetProperty("value").Text("stringValue");
}
