using System.Globalization;
using System.Text.Json;
using Gander.EndToEnd.Harness;

namespace Gander.EndToEnd.Metrics;

/// <summary>What a real goose did is found by PromQL, under the names that its documentation and dashboards use.</summary>
public sealed class GooseMetricsTests(GooseStage stage) : IClassFixture<GooseStage>
{
    // To the letter as dashboards have it.
    private const string PageQuery =
        """histogram_quantile(0.95, sum by (le, gen_ai_request_model) (rate(traces_span_metrics_duration_milliseconds_bucket{ServiceName="goose",SpanName="stream_response_from_provider"}[5m])))""";

    // Metrics of spans are written every fifteen seconds.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Latencies_of_models_and_tokens_of_sessions_are_answered()
    {
        await stage.Model.ResetAsync(Cancel);
        await stage.Goose.RunAsync("scenario:tool list please", Cancel);
        var session = await stage.NewSessionAsync(Cancel);

        var latencies = await EventuallyAsync(PageQuery, samples => samples.Count == 1 && Value(samples[0]) > 0);
        var calls = await EventuallyAsync("""sum(traces_span_metrics_calls_total{ServiceName="goose",SpanName="stream_response_from_provider"})""", samples => samples.Count == 1);
        var tokens = await EventuallyAsync("sum(goose_session_tokens_total)", samples => samples.Count == 1);
        var alias = await EventuallyAsync("sum(goose_session_tokens)", samples => samples.Count == 1);

        var counted = await EventuallyAsync("sum by (agent) (increase(gander_model_calls_total[1h]))", samples => samples.Count == 1);
        var used = await EventuallyAsync("sum(increase(gander_tokens_total[1h]))", samples => samples.Count == 1 && Value(samples[0]) > 0);

        Assert.Equal(("goose", session.Number("modelCalls")), (counted[0].GetProperty("metric").Text("agent"), (long)Value(counted[0])));
        Assert.Equal(session.GetProperty("tokens").Number("total"), Value(used[0]));
        Assert.Equal(session.Steps().First(step => step.Text("kind") == "model").Text("name"), latencies[0].GetProperty("metric").Text("gen_ai_request_model"));
        Assert.Equal(session.Number("modelCalls"), Value(calls[0]));
        Assert.True(Value(tokens[0]) > 0);
        Assert.Equal(Value(tokens[0]), Value(alias[0]));
    }

    private Task<IReadOnlyList<JsonElement>> EventuallyAsync(string query, Predicate<IReadOnlyList<JsonElement>> isEnough) => Eventually.GetAsync(
        async () =>
        {
            var answer = await stage.Gander.GetAsync($"/api/v1/query?query={Uri.EscapeDataString(query)}", Cancel);
            return answer.GetProperty("data").Items("result");
        },
        isEnough,
        Limit,
        $"An answer to {query}",
        Cancel);

    private static double Value(JsonElement sample) => double.Parse(sample.GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture);
}
