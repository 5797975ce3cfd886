using Gander.Prices;
using Gander.Query.PromQl.Sessions;
using Gander.Query.Shared;
using Gander.Sessions;
using Gander.Tests.Sessions.Usage;
using Gander.Tests.Stores.Metrics;

namespace Gander.Tests.Query.PromQl.Sessions;

public sealed class SessionSeriesTests
{
    [Fact]
    public async Task Increase_over_any_window_is_what_happened_in_it()
    {
        using var sessions = new AskedSessions();
        await sessions.AddAsync("a", Same, Call("12:00:00", 100), Call("12:07:30.5", 10), Call("13:00:00", 1));

        Assert.Equal(["{} 111"], await sessions.AskAsync("sum(increase(gander_tokens_total[24h]))", "2026-03-11T11:00Z"));
        Assert.Equal(["{} 110"], await sessions.AskAsync("sum(increase(gander_tokens_total[1h]))", "2026-03-10T13:00Z"));
        Assert.Equal(["{} 10"], await sessions.AskAsync("sum(increase(gander_tokens_total[1m]))", "2026-03-10T12:08:00Z"));
        Assert.Equal(["{} 10"], await sessions.AskAsync("sum(increase(gander_tokens_total[1s]))", "2026-03-10T12:07:30.501Z"));
        Assert.Empty(await sessions.AskAsync("sum(increase(gander_tokens_total[1s]))", "2026-03-10T12:07:30.5Z"));
        Assert.Equal(["{} 0.1"], await sessions.AskAsync("sum(rate(gander_tokens_total[100s]))", "2026-03-10T12:08:00Z"));
    }

    [Fact]
    public async Task Windows_that_touch_take_everything_once()
    {
        using var sessions = new AskedSessions();
        await sessions.AddAsync("a", Same, Call("12:00:00", 1), Call("12:09:59.9999", 2), Call("12:10:00", 4), Call("23:59:59.9999", 8), Call("23:59:59.999999", 16));

        Assert.Equal(["{} 0 3 4 0"], await sessions.RangeAsync("sum(increase(gander_tokens_total[10m]))", "2026-03-10T12:00Z", "2026-03-10T12:30Z", 600));
        Assert.Equal(["{} 24 0"], await sessions.RangeAsync("sum(increase(gander_tokens_total[10m]))", "2026-03-11T00:00Z", "2026-03-11T00:10Z", 600));
    }

    [Fact]
    public async Task A_label_set_is_a_series_with_the_labels_of_its_session()
    {
        using var sessions = new AskedSessions();
        await sessions.AddAsync("a", summary => summary with { Agent = "codex", User = "ann", Team = "birds", Repository = "geese", Project = "north" }, Call("12:00:00", 100));
        await sessions.AddAsync("b", summary => summary with { Agent = "goose", User = null }, Call("12:00:00", 7) with { Tokens = new TokenUsage(70, 11, 20, 10, 4) });

        Assert.Equal(
            [
                """{agent="codex", kind="input", model="sonnet", project="north", provider="anthropic", repository="geese", team="birds", user="ann"} 100""",
                """{agent="goose", kind="cache_read", model="sonnet", provider="anthropic"} 20""",
                """{agent="goose", kind="cache_write", model="sonnet", provider="anthropic"} 10""",
                """{agent="goose", kind="input", model="sonnet", provider="anthropic"} 40""",
                """{agent="goose", kind="output", model="sonnet", provider="anthropic"} 7""",
                """{agent="goose", kind="reasoning", model="sonnet", provider="anthropic"} 4""",
            ],
            await sessions.AskAsync("increase(gander_tokens_total[1h])", "2026-03-10T13:00Z"));
        Assert.Equal(
            ["""{model="sonnet", user="ann"} 100""", """{model="sonnet"} 81"""],
            await sessions.AskAsync("sort_desc(sum by (user, model) (increase(gander_tokens_total[1h])))", "2026-03-10T13:00Z"));
        Assert.Equal(["{} 100"], await sessions.AskAsync("""sum(increase(gander_tokens_total{user=~"a.*", kind!="output"}[1h]))""", "2026-03-10T13:00Z"));
        Assert.Equal(["{} 81"], await sessions.AskAsync("""sum(increase(gander_tokens_total{agent="goose", team=""}[1h]))""", "2026-03-10T13:00Z"));
    }

    [Fact]
    public async Task Cost_is_what_was_reported_and_else_the_price()
    {
        using var sessions = new AskedSessions();
        await sessions.AddAsync(
            "a",
            Same,
            Call("12:00:00", 1_000_000),
            Call("12:05:00", 500_000),
            Call("12:06:00", 10) with { ReportedCostUsd = 0.25m },
            UsageSamples.Call(At("12:00:00"), "llama", 30));

        Assert.Equal(
            ["""{provenance="priced"} 3""", """{provenance="reported"} 0.25"""],
            await sessions.AskAsync("sum by (provenance) (increase(gander_cost_usd_total[1h]))", "2026-03-10T13:00Z"));
        Assert.Equal(["{} 1"], await sessions.AskAsync("sum(increase(gander_cost_usd_total[1m]))", "2026-03-10T12:05:30Z"));
        Assert.Equal(["""{model="llama"} 30"""], await sessions.AskAsync("sum by (model) (increase(gander_unpriced_tokens_total[1h]))", "2026-03-10T13:00Z"));
    }

    [Fact]
    public async Task Prices_that_changed_since_decide_no_sum()
    {
        using var sessions = new AskedSessions(prices: PriceTable.Empty);
        await sessions.AddAsync("a", Same, Call("12:00:00", 1_000_000), Call("12:30:00", 3_000_000));

        Assert.Equal(["{} 8"], await sessions.AskAsync("sum(increase(gander_cost_usd_total[1h]))", "2026-03-10T13:00Z"));
        Assert.Equal(["{} 2"], await sessions.AskAsync("sum(increase(gander_cost_usd_total[30m]))", "2026-03-10T12:30Z"));
    }

    [Fact]
    public async Task A_session_that_is_folded_again_counts_as_it_is_now()
    {
        using var sessions = new AskedSessions();
        await sessions.AddAsync("a", summary => summary with { User = "ann", Status = SessionStatus.Running }, Call("12:00:00", 100));
        await sessions.AddAsync("a", summary => summary with { User = "Ann B." }, Call("12:00:00", 100), Call("12:10:00", 5));

        Assert.Equal(["""{user="Ann B."} 105"""], await sessions.AskAsync("sum by (user) (increase(gander_tokens_total[1h]))", "2026-03-10T13:00Z"));
        Assert.Equal(["""{status="ok"} 1"""], await sessions.AskAsync("sum by (status) (increase(gander_sessions_total[1h]))", "2026-03-10T13:00Z"));
    }

    [Fact]
    public async Task Calls_count_by_outcome_and_lengths_by_bucket()
    {
        using var sessions = new AskedSessions();
        await sessions.AddAsync(
            "a",
            Same,
            Call("12:00:00", 1) with { DurationNanos = 500_000_000, FirstByteNanos = 100_000_000 },
            Call("12:01:00", 1) with { DurationNanos = 3_000_000_000 },
            Call("12:02:00", 1) with { DurationNanos = 9_000_000_000, Status = StepStatus.Error },
            UsageSamples.Tool(At("12:03:00"), "shell") with { DurationNanos = 5_000_000_000, WaitNanos = 4_000_000_000 },
            UsageSamples.Tool(At("12:04:00"), "kv__get") with { McpServer = "kv", Status = StepStatus.Denied, DurationNanos = 1 });

        Assert.Equal(
            ["""{outcome="error"} 1""", """{outcome="ok"} 2"""],
            await sessions.AskAsync("sum by (outcome) (increase(gander_model_calls_total[1h]))", "2026-03-10T13:00Z"));
        Assert.Equal(
            ["""{le="+Inf"} 2""", """{le="0.5"} 1""", """{le="2"} 1""", """{le="4"} 2"""],
            await sessions.AskAsync("""sort_by_label(sum by (le) (increase(gander_model_call_duration_seconds_bucket{le=~"0.5|2|4|.Inf"}[1h])), "le")""", "2026-03-10T13:00Z"));
        Assert.Equal(["{} 1.75"], await sessions.AskAsync("sum(increase(gander_model_call_duration_seconds_sum[1h])) / sum(increase(gander_model_call_duration_seconds_count[1h]))", "2026-03-10T13:00Z"));
        Assert.Equal(["{} 3.8"], await sessions.AskAsync("histogram_quantile(0.95, sum by (le) (rate(gander_model_call_duration_seconds_bucket[1h])))", "2026-03-10T13:00Z"));
        Assert.Equal(["{} 0.1"], await sessions.AskAsync("sum(increase(gander_model_first_byte_seconds_sum[1h]))", "2026-03-10T13:00Z"));
        Assert.Equal(
            ["""{outcome="denied", server="kv", tool="kv__get"} 1""", """{outcome="ok", tool="shell"} 1"""],
            await sessions.AskAsync("sum by (tool, server, outcome) (increase(gander_tool_calls_total[1h]))", "2026-03-10T13:00Z"));
        Assert.Equal(["""{tool="shell"} 1"""], await sessions.AskAsync("sum by (tool) (increase(gander_tool_call_duration_seconds_sum[1h]))", "2026-03-10T13:00Z"));
        Assert.Equal(["""{tool="shell"} 4"""], await sessions.AskAsync("sum by (tool) (increase(gander_tool_wait_seconds_total[1h]))", "2026-03-10T13:00Z"));
    }

    [Fact]
    public async Task Changes_of_code_count_where_the_tool_made_them()
    {
        using var sessions = new AskedSessions();
        await sessions.AddAsync(
            "a",
            Same,
            Call("12:00:00", 1),
            UsageSamples.Tool(At("12:10:00"), "edit") with { Changes = new CodeChanges(7, 2, null, null) },
            UsageSamples.Tool(At("12:20:00"), "edit") with { Changes = new CodeChanges(3, null, 1, 1) });

        Assert.Equal(["""{type="added"} 10""", """{type="removed"} 2"""], await sessions.AskAsync("sum by (type) (increase(gander_lines_of_code_total[1h]))", "2026-03-10T13:00Z"));
        Assert.Equal(["{} 1"], await sessions.AskAsync("sum(increase(gander_commits_total[1h]))", "2026-03-10T13:00Z"));
        Assert.Equal(["{} 1"], await sessions.AskAsync("sum(increase(gander_pull_requests_total[1h]))", "2026-03-10T13:00Z"));
        Assert.Empty(await sessions.AskAsync("sum(increase(gander_lines_of_code_total[9m]))", "2026-03-10T12:09Z"));
    }

    [Fact]
    public async Task A_counter_itself_is_added_up_from_midnight_with_a_sample_a_minute()
    {
        using var sessions = new AskedSessions();
        await sessions.AddAsync("a", Same, Call("23:50:00", 1), Call("23:58:30", 2), Call("24:00:00", 4), Call("24:01:10", 8));

        Assert.Equal(
            ["""gander_tokens_total{agent="goose", kind="input", model="sonnet", provider="anthropic", user="dev"} 1@23:58:00 3@23:59:00 3@00:00:00 0@00:00:00.001 4@00:01:00 12@00:02:00"""],
            await sessions.AskAsync("gander_tokens_total[5m]", "2026-03-11T00:02:30Z"));
        Assert.Equal(["{} 12"], await sessions.AskAsync("sum(gander_tokens_total)", "2026-03-11T00:02:30Z"));
        Assert.Equal(["{} 3"], await sessions.AskAsync("sum(gander_tokens_total)", "2026-03-11T00:00Z"));
        Assert.Equal(["{} 1"], await sessions.AskAsync("sum(resets(gander_tokens_total[5m]))", "2026-03-11T00:02:30Z"));
    }

    [Fact]
    public async Task Sessions_that_go_on_are_a_gauge()
    {
        using var sessions = new AskedSessions(now: "2026-03-10T13:00Z");
        await sessions.AddAsync("a", summary => summary with { User = "ann" }, Call("12:00:30", 1), Call("12:10:00", 1));
        await sessions.AddAsync("b", summary => summary with { User = "bea", Status = SessionStatus.Running }, Call("12:05:00", 1));

        Assert.Equal(["{} 0 1 2 1"], await sessions.RangeAsync("sum(gander_sessions_active)", "2026-03-10T12:00Z", "2026-03-10T12:15Z", 300));
        Assert.Equal(["""{user="bea"} 1"""], await sessions.AskAsync("sum by (user) (gander_sessions_active) > 0", "2026-03-10T12:59Z"));
        Assert.Equal(["{} 2"], await sessions.AskAsync("count(count by (user) (max_over_time(gander_sessions_active[1h]) > 0))", "2026-03-10T12:59Z"));
    }

    [Fact]
    public async Task Offsets_fixed_times_and_subqueries_are_as_with_any_counter()
    {
        using var sessions = new AskedSessions();
        await sessions.AddAsync("a", Same, Call("12:00:00", 100), Call("13:30:00", 7));

        Assert.Equal(["{} 100"], await sessions.AskAsync("sum(increase(gander_tokens_total[1h] offset 1h))", "2026-03-10T14:00Z"));
        Assert.Equal(["{} 100 100"], await sessions.RangeAsync("""sum(increase(gander_tokens_total[1h] @ 1773147600))""", "2026-03-10T14:00Z", "2026-03-10T15:00Z", 3_600));
        Assert.Equal(["{} 100"], await sessions.AskAsync("max_over_time(sum(increase(gander_tokens_total[10m]))[2h:10m])", "2026-03-10T14:00Z"));
        Assert.Equal(["{} 107"], await sessions.AskAsync("sum(increase(gander_tokens_total[1h])) + sum(increase(gander_tokens_total[1h] offset 1h))", "2026-03-10T14:00Z"));
        Assert.Equal(["{} 1"], await sessions.AskAsync("sum(increase(gander_tokens_total[1h])) / sum by () (increase(gander_tokens_total[1h]))", "2026-03-10T14:00Z"));
        Assert.Equal(["""{agent="nobody"} 1"""], await sessions.AskAsync("""absent(gander_tokens_total{agent="nobody"})""", "2026-03-10T14:00Z"));
        Assert.Empty(await sessions.AskAsync("gander_tokens_total", "2026-03-12T14:00Z"));
    }

    [Fact]
    public async Task A_window_that_has_not_begun_says_nothing()
    {
        using var sessions = new AskedSessions(now: "2026-03-10T12:30Z");
        await sessions.AddAsync("a", Same, Call("12:00:00", 100));

        Assert.Equal(["{} 100 0"], await sessions.RangeAsync("sum(increase(gander_tokens_total[20m]))", "2026-03-10T12:10Z", "2026-03-10T14:10Z", 1_200));
        Assert.Equal(["{} 100"], await sessions.RangeAsync("sum(gander_tokens_total)", "2026-03-10T12:30Z", "2026-03-10T14:10Z", 2_400));
    }

    [Fact]
    public async Task Selectors_without_a_name_find_stored_and_made_series()
    {
        using var sessions = new AskedSessions();
        await sessions.AddAsync("a", Same, Call("12:00:00", 100));
        await WriteAsync(sessions, "gander.tokens", "gander.other");

        Assert.Equal(
            ["gander_other_total", "gander_tokens_total", "gander_turns_total"],
            (await sessions.AskAsync("""count by (__name__) ({__name__=~"gander_(tokens|other|turns)_total"})""", "2026-03-10T12:04Z")).Select(line => line.Split('{')[0]).Order(StringComparer.Ordinal));

        // Of the stored one the growth is worked out from samples, as always.
        Assert.Equal(["{} 108.75"], await sessions.AskAsync("""sum(increase({__name__=~"gander_(tokens|other)_total"}[1h]))""", "2026-03-10T12:30Z"));
        Assert.Equal(["{} 2"], await sessions.AskAsync("""count(rate({__name__=~"gander_(tokens|other)_total"}[1h]))""", "2026-03-10T12:30Z"));
    }

    [Theory]
    [InlineData("sum(rate(http_requests_total[5m]))")]
    [InlineData("""{service_name="goose"}""")]
    [InlineData("""rate({__name__=~"traces_.*", agent="goose"}[5m])""")]
    [InlineData("gander_store_bytes")]
    [InlineData("""gander_tokens_total{job="x"}""")]
    [InlineData("""gander_model_call_duration_seconds_count{le="1"}""")]
    public async Task What_cannot_be_meant_for_sessions_reads_none(string query)
    {
        using var sessions = new AskedSessions();

        await sessions.AskAsync(query, "2026-03-10T12:00Z");

        Assert.Equal(0, sessions.Reads);
    }

    [Fact]
    public async Task Limits_say_what_to_do()
    {
        using var few = new AskedSessions(options: new SessionSeriesOptions { MaxEvents = 2 });
        await few.AddAsync("a", Same, Call("12:00:00", 1), Call("12:01:00", 1), Call("12:02:00", 1));
        using var narrow = new AskedSessions(options: new SessionSeriesOptions { MaxSeries = 1 });
        await narrow.AddAsync("a", Same, Call("12:00:00", 1), UsageSamples.Call(At("12:00:00"), "gpt", 1));

        var events = await Assert.ThrowsAsync<QueryException>(() => few.AskAsync("increase(gander_tokens_total[1h])", "2026-03-10T13:00Z"));
        var series = await Assert.ThrowsAsync<QueryException>(() => narrow.AskAsync("increase(gander_tokens_total[1h])", "2026-03-10T13:00Z"));

        Assert.Equal(QueryErrorKind.LimitExceeded, events.Kind);
        Assert.Contains("more than the 2 calls and amounts", events.Message, StringComparison.Ordinal);
        Assert.Contains("gander_tokens_total has more than the 1 series", series.Message, StringComparison.Ordinal);
        Assert.Equal(["{} 2"], await narrow.AskAsync("sum(increase(gander_tokens_total[1h]))", "2026-03-10T13:00Z"));
    }

    private static async Task WriteAsync(AskedSessions sessions, params string[] names)
    {
        foreach (var name in names)
        {
            using var batch = PointRecord.Batch([.. Enumerable.Range(0, 2).Select(i => new PointRecord
            {
                Name = name,
                TimeNanos = At("12:00:00") + (i * 120_000_000_000L),
                StartNanos = At("12:00:00") - 1,
                Value = Gander.Telemetry.AttributeValue.Of(i * 7.0),
            })]);
            await sessions.Metrics.WriteAsync([batch], TestContext.Current.CancellationToken);
        }
    }

    private static SessionSummary Same(SessionSummary summary) => summary;

    private static long At(string time) =>
        Some.Instant("2026-03-10T00:00Z") + (TimeSpan.Parse(time.Replace("24:", "1.00:", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture).Ticks * 100);

    private static Step Call(string time, long input) => UsageSamples.Call(At(time), "sonnet", input) with { Provider = "anthropic" };
}
