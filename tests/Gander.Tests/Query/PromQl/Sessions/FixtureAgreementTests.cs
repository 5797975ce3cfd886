using System.Text.Json;
using Gander.Hosting.Pricing;
using Gander.Prices;
using Gander.Query.PromQl;
using Gander.Sessions;
using Gander.Stores;
using Gander.Telemetry;
using Gander.Tests.Api;
using Gander.Tests.Conformance;
using Gander.Tests.Sessions;
using Gander.Tests.Stores;

namespace Gander.Tests.Query.PromQl.Sessions;

/// <summary>The captured runs of all agents: what PromQl adds up is what usage, models and tools show.</summary>
[Trait("Category", "Conformance")]
public sealed class FixtureAgreementTests(ConformanceReport report)
{
    private const decimal Picos = 1_000_000_000_000m;

    private static readonly TimeRange Range = new(Some.Instant("2025-12-01T00:00Z"), Some.Instant("2026-12-01T00:00Z"));
    private static readonly PriceBook Prices = new(PriceFile.ReadTable());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task Increase_over_the_range_is_the_usage_of_it() => CheckAllAsync(async sessions =>
    {
        var expected = new SortedDictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var group in await sessions.Store.SumUsageAsync(new UsageQuery(Range, [UsageDimension.Agent, UsageDimension.Model, UsageDimension.Provider]), Cancel))
        {
            var (key, sums) = ($"{group.Values[0]} {group.Identity.User} {group.Values[1]} {group.Values[2]}", group.Sums);
            Add($"{key} input", sums.Tokens.Input - sums.Tokens.CacheRead - sums.Tokens.CacheWrite);
            Add($"{key} cache_read", sums.Tokens.CacheRead);
            Add($"{key} cache_write", sums.Tokens.CacheWrite);
            Add($"{key} output", sums.Tokens.Output - sums.Tokens.Reasoning);
            Add($"{key} reasoning", sums.Tokens.Reasoning);
            Add($"{key} cost", (decimal)sums.CostPicos / Picos);
            Add($"{key} turns", sums.Turns);
            Add($"{key} unpriced", sums.UnpricedTokens);
            Add($"{group.Values[0]} added", sums.LinesAdded);
            Add($"{group.Values[0]} removed", sums.LinesRemoved);
            Add($"{group.Values[0]} commits", sums.Commits);
            Add($"{group.Values[0]} pull requests", sums.PullRequests);
        }

        var actual = new SortedDictionary<string, decimal>(StringComparer.Ordinal);
        await AskAsync("gander_tokens_total", "agent, user, model, provider, kind", labels => $"{labels["agent"]} {labels["user"]} {labels["model"]} {labels["provider"]} {labels["kind"]}");
        await AskAsync("gander_cost_usd_total", "agent, user, model, provider", labels => $"{labels["agent"]} {labels["user"]} {labels["model"]} {labels["provider"]} cost");
        await AskAsync("gander_turns_total", "agent, user, model, provider", labels => $"{labels["agent"]} {labels["user"]} {labels["model"]} {labels["provider"]} turns");
        await AskAsync("gander_unpriced_tokens_total", "agent, user, model, provider", labels => $"{labels["agent"]} {labels["user"]} {labels["model"]} {labels["provider"]} unpriced");
        await AskAsync("gander_lines_of_code_total", "agent, type", labels => $"{labels["agent"]} {labels["type"]}");
        await AskAsync("gander_commits_total", "agent", labels => $"{labels["agent"]} commits");
        await AskAsync("gander_pull_requests_total", "agent", labels => $"{labels["agent"]} pull requests");

        Assert.Equal(Lines(expected), Lines(actual));

        void Add(string key, decimal amount)
        {
            if (amount != 0)
            {
                expected[key] = expected.GetValueOrDefault(key) + amount;
            }
        }

        async Task AskAsync(string metric, string by, Func<Gander.Query.PromQl.Series.Labels, string> key)
        {
            // Summed by the source, and series by series: the same.
            foreach (var sample in await ValuesAsync(sessions, $"sum by ({by}) (increase({metric}[365d]))"))
            {
                actual[key(sample.Labels)] = actual.GetValueOrDefault(key(sample.Labels)) + Exact(sample.Value);
            }

            var whole = (await ValuesAsync(sessions, $"increase({metric}[365d])")).Sum(sample => sample.Value);
            Assert.Equal(whole, (await ValuesAsync(sessions, $"sum(increase({metric}[365d]))")).Sum(sample => sample.Value), 1e-9);
        }
    });

    [Fact]
    public Task Calls_and_their_lengths_are_those_of_models_and_tools() => CheckAllAsync(async sessions =>
    {
        await using var server = await ApiServer.StartAsync(sessions: new StoredSessions(sessions.Store));
        var range = "start=2025-12-01T00:00:00Z&end=2026-12-01T00:00:00Z&by=agent";
        var models = (await server.GetAsync($"/api/models?{range}&by=model&by=provider")).GetProperty("models").EnumerateArray();
        var tools = (await server.GetAsync($"/api/tools?{range}&by=tool&by=server")).GetProperty("tools").EnumerateArray();
        var modelCalls = models.Select(line => Line(line, ["agent", "model", "provider"], ["calls", "errors", "unknown", "durationMs", "firstByteMs"])).Order(StringComparer.Ordinal);
        var toolCalls = tools.Select(line => Line(line, ["agent", "tool", "server"], ["calls", "failures", "denials", "interrupted", "unknown", "durationMs"])).Order(StringComparer.Ordinal);

        Assert.Equal(modelCalls, await LinesAsync(
            sessions,
            "agent, model, provider",
            "gander_model_calls_total",
            """gander_model_calls_total{outcome=~"error|denied"}""",
            """gander_model_calls_total{outcome="unknown"}""",
            "gander_model_call_duration_seconds_count",
            "gander_model_first_byte_seconds_count"));
        Assert.Equal(toolCalls, await LinesAsync(
            sessions,
            "agent, tool, server",
            "gander_tool_calls_total",
            """gander_tool_calls_total{outcome="error"}""",
            """gander_tool_calls_total{outcome="denied"}""",
            """gander_tool_calls_total{outcome="interrupted"}""",
            """gander_tool_calls_total{outcome="unknown"}""",
            "gander_tool_call_duration_seconds_count"));
    });

    [Fact]
    public Task Sessions_count_once_as_they_stand() => CheckAllAsync(async sessions =>
    {
        var listed = await sessions.Store.ListAsync(new SessionQuery(Range, Limit: 1_000), Cancel);

        Assert.Equal(
            listed.GroupBy(session => session.Status.ToString().ToLowerInvariant()).Select(group => $"{group.Key} {group.Count()}").Order(StringComparer.Ordinal),
            (await ValuesAsync(sessions, "sum by (status) (increase(gander_sessions_total[365d]))")).Select(sample => $"{sample.Labels["status"]} {sample.Value}").Order(StringComparer.Ordinal));
        Assert.Equal(
            listed.Where(session => session.Status != SessionStatus.Running).Sum(session => (session.EndNanos - session.StartNanos) / 1e9),
            (await ValuesAsync(sessions, "sum(increase(gander_session_duration_seconds_sum[365d]))")).Sum(sample => sample.Value),
            1e-3);
    });

    private static string Line(JsonElement line, string[] key, string[] figures) =>
        $"{string.Join(' ', key.Select(name => line.GetProperty(name).GetString() is { } text and not "unknown" ? text : ""))}: {string.Join(' ', figures.Select(name => Count(line.GetProperty(name))))}";

    private static int Count(JsonElement figure) => figure.ValueKind switch
    {
        JsonValueKind.Number => figure.GetInt32(),
        JsonValueKind.Object => figure.GetProperty("count").GetInt32(),
        _ => 0,
    };

    private static async Task<IEnumerable<string>> LinesAsync(AskedSessions sessions, string by, params string[] selectors)
    {
        var lines = new SortedDictionary<string, double[]>(StringComparer.Ordinal);
        var labels = by.Split(", ");
        for (var i = 0; i < selectors.Length; i++)
        {
            foreach (var sample in await ValuesAsync(sessions, $"sum by ({by}) (increase({selectors[i]}[365d]))"))
            {
                var key = string.Join(' ', labels.Select(label => sample.Labels[label]));
                lines.TryAdd(key, new double[selectors.Length]);
                lines[key][i] = sample.Value;
            }
        }

        return lines.Select(line => $"{line.Key}: {string.Join(' ', line.Value)}").Order(StringComparer.Ordinal);
    }

    private static async Task<IReadOnlyList<VectorSample>> ValuesAsync(AskedSessions sessions, string query) =>
        ((QueryResult.Vector)(await sessions.Engine().InstantAsync(query, Range.EndNanos / 1_000_000, Cancel)).Result).Samples;

    // The sum of pico-dollars is exact; as a double it has fifteen digits.
    private static decimal Exact(double value) => Math.Round((decimal)value, 12);

    private static IEnumerable<string> Lines(SortedDictionary<string, decimal> figures) =>
        figures.Where(figure => figure.Value != 0).Select(figure => $"{figure.Key} {figure.Value / 1.000000000000000000000000000000m}");

    private async Task CheckAllAsync(Func<AskedSessions, Task> check)
    {
        foreach (var agent in SharedData.Scenarios().GroupBy(scenario => scenario.Agent))
        {
            var cases = report.Folder(agent.Key);
            foreach (var captured in agent)
            {
                await cases.CheckAsync(captured.Name, async () =>
                {
                    var store = new InMemoryStore();
                    await using var index = new SessionIndex(store.Spans, store.Logs, store.Metrics, store.Sessions, new ManualTime("2026-11-30T00:00Z"), new SessionIndexOptions(), Prices);
                    foreach (var batch in Captured.All(captured))
                    {
                        await DeliverAsync(store, index, batch);
                    }

                    await index.FlushAsync(Cancel);
                    using var sessions = new AskedSessions(store.Sessions, Prices.Current);
                    await check(sessions);
                });
            }

            cases.AssertAllPassed();
        }
    }

    private static async Task DeliverAsync(InMemoryStore store, SessionIndex index, TelemetryBatch batch)
    {
        switch (batch)
        {
            case SpanBatch spans:
                index.Observe(spans, (await store.Spans.WriteAsync([spans], Cancel)).Sequence);
                break;
            case LogBatch logs:
                index.Observe(logs, (await store.Logs.WriteAsync([logs], Cancel)).Sequence);
                break;
            case MetricBatch metrics:
                await store.Metrics.WriteAsync([metrics], Cancel);
                index.Observe(metrics);
                break;
        }
    }
}
