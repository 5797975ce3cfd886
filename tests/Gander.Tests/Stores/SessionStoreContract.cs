using Gander.Sessions;
using Gander.Sessions.Calls;
using Gander.Sessions.Usage;
using Gander.Stores;
using Gander.Telemetry;
using Gander.Tests.Sessions.Usage;

namespace Gander.Tests.Stores;

/// <summary>What every session store promises. A store inherits it and opts out of nothing.</summary>
public abstract class SessionStoreContract : StoreContract
{
    [Fact]
    public async Task A_session_is_read_back_as_it_was_saved()
    {
        var saved = Some.Session() with
        {
            AgentVersion = "1.52.0",
            Team = "tools",
            Host = "demo-host",
            Repository = "geese",
            Project = "migration",
            Status = SessionStatus.Interrupted,
            Exit = "error",
            Title = "it's \"quoted\" é😀\n",
            Models = ["a", "b"],
            Providers = ["openai"],
            TurnCount = 1,
            ModelCalls = 2,
            ModelErrors = 3,
            ToolCalls = 4,
            ToolFailures = 5,
            ToolFailuresKnown = true,
            ToolDenials = 1,
            Tools = [new ToolUse("shell", 2, 1) { Denials = 1, McpServer = "kv" }],
            Account = new SessionAccount("dev@example.com", "account", "organization", "installation"),
            ModelUses = [new ModelUse("a", "openai", 2, 1, new TokenUsage(1, 2, 3, 4, 5), 0.0074805m)],
            Tokens = new TokenUsage(1, 2, 3, 4, 5) { CacheWriteFiveMinutes = 1, CacheWriteOneHour = 3 },
            ReportedCostUsd = 0.0074805m,
            Changes = new CodeChanges(1, null, 0, 2),
            WaitNanos = 1,
            ActiveUserNanos = 2,
            ActiveAgentNanos = 3,
            Sources = new FigureSources(FigureSource.Span, FigureSource.Log, FigureSource.Derived, FigureSource.Mixed),
            Differences = [new SourceDifference("cost", FigureSource.Log, 0.1m, FigureSource.Metric, 0.2m)],
            CostUsd = 0.1m,
            PricedCostUsd = 0.2m,
            UnpricedTokens = 6,
            PriceTable = "2026-11-23",
            CostProvenance = "reported",
            Missing = [new MissingPart("what", "why", "fix"), new MissingPart("what", "why", null)],
            Parent = "parent",
            Children = ["child"],
            WhenSilent = new SilentState(SessionStatus.Interrupted, [new MissingPart("end", "why", null)]),
        };

        await SaveAsync(saved);

        Assert.Equivalent(saved, await Store.Sessions.FindAsync(saved.Key, Cancel), strict: true);
        Assert.Null(await Store.Sessions.FindAsync("no such key", Cancel));
    }

    [Fact]
    public async Task Saving_replaces_and_removes_by_key_and_remembers_progress()
    {
        Assert.Equal(default, await Store.Sessions.ReadProgressAsync(Cancel));
        await SaveAsync(Some.Session("a"), Some.Session("b"));

        await Store.Sessions.SaveAsync([Some.Session("a") with { Title = "new" }, Some.Session("c")], ["b", "never was"], new FoldProgress(5, 7) { PointNanos = 9, Version = 3 }, Cancel);

        Assert.Equal(["a", "c"], await KeysAsync(new SessionQuery()));
        Assert.Equal("new", (await Store.Sessions.FindAsync("a", Cancel))!.Title);
        Assert.Equal(new FoldProgress(5, 7) { PointNanos = 9, Version = 3 }, await Store.Sessions.ReadProgressAsync(Cancel));
    }

    [Fact]
    public async Task A_list_has_the_latest_start_first_then_the_key_and_goes_on_after_a_cursor()
    {
        await SaveAsync(Some.Session("b"), Some.Session("a"), Some.Session("new", "2026-03-10T12:30Z", "2026-03-10T12:31Z"), Some.Session("old", "2026-03-01T12:30Z", "2026-03-01T12:31Z"));

        Assert.Equal(["new", "a", "b", "old"], await KeysAsync(new SessionQuery()));
        Assert.Equal(["new", "a"], await KeysAsync(new SessionQuery(Limit: 2)));
        Assert.Equal(["b", "old"], await KeysAsync(new SessionQuery(After: (Some.Instant("2026-03-10T12:00Z"), "a"))));
    }

    [Fact]
    public async Task A_list_can_be_restricted_in_every_way()
    {
        await SaveAsync(
            Some.Session("mine"),
            Some.Session("theirs", agent: "codex", user: null) with { Status = SessionStatus.Error, Id = "other", EmitterId = 7 },
            Some.Session("long ago", "2026-02-01T12:00Z", "2026-02-02T12:00Z"));

        Assert.Equal(["theirs"], await KeysAsync(new SessionQuery(Agent: "codex")));
        Assert.Equal(["mine", "long ago"], await KeysAsync(new SessionQuery(User: "dev")));
        Assert.Equal(["theirs"], await KeysAsync(new SessionQuery(Status: "error")));
        Assert.Equal(["theirs"], await KeysAsync(new SessionQuery(EmitterId: 7)));
        Assert.Equal(["theirs"], await KeysAsync(new SessionQuery(SessionId: "other")));
        Assert.Equal(["long ago"], await KeysAsync(new SessionQuery(Range: new TimeRange(Some.Instant("2026-02-02T00:00Z"), Some.Instant("2026-02-03T00:00Z")))));
        Assert.Equal(["mine", "theirs"], await KeysAsync(new SessionQuery(Range: new TimeRange(Some.Instant("2026-03-10T12:01Z"), Some.Instant("2026-03-10T12:02Z")))));
        Assert.Equal(["long ago"], await KeysAsync(new SessionQuery(EndedBy: Some.Instant("2026-02-02T12:00Z"))));
        Assert.Equal(["long ago"], await KeysAsync(new SessionQuery(Range: new TimeRange(0, Some.Instant("2026-03-10T12:00Z")))));
    }

    [Fact]
    public async Task Calls_are_listed_as_their_sessions_are()
    {
        var calls = Some.Calls("a") with { Calls = [Some.Call(), Some.Call(name: "shell", kind: StepKind.Tool)] };
        await Store.Sessions.SaveAsync([Some.Session("a"), Some.Session("b"), Some.Session("none")], [calls, Some.Calls("b")], [], [], default, Cancel);

        var listed = await Store.Sessions.ListCallsAsync(new SessionQuery(), Cancel);
        var next = await Store.Sessions.ListCallsAsync(new SessionQuery(After: (listed[0].StartNanos, "a")), Cancel);

        Assert.Equal(["a", "b"], listed.Select(session => session.Key));
        Assert.Equal(calls.Calls, listed[0].Calls);
        Assert.Equal(("goose", "dev", Some.Instant("2026-03-10T12:00Z")), (listed[0].Agent, listed[0].User, listed[0].StartNanos));
        Assert.Equal(["b"], next.Select(session => session.Key));
        Assert.Empty(await Store.Sessions.ListCallsAsync(new SessionQuery(Agent: "codex"), Cancel));
    }

    [Fact]
    public async Task Calls_are_replaced_kept_and_removed_with_their_sessions()
    {
        await Store.Sessions.SaveAsync([Some.Session("a"), Some.Session("b"), Some.Session("c")], [Some.Calls("a"), Some.Calls("b"), Some.Calls("c")], [], [], default, Cancel);

        await Store.Sessions.SaveAsync([Some.Session("a"), Some.Session("b") with { Title = "looked at" }], [Some.Calls("a") with { Calls = [Some.Call(name: "other")] }], [], ["c"], default, Cancel);

        var listed = await Store.Sessions.ListCallsAsync(new SessionQuery(), Cancel);
        Assert.Equal([("a", "other"), ("b", "gpt-4o")], listed.Select(session => (session.Key, session.Calls[0].Name)));
    }

    [Fact]
    public async Task Sums_of_usage_are_those_of_the_plain_store()
    {
        var sessions = UsageSamples.Many(60);
        var oracle = new InMemorySessionStore();
        foreach (var store in new[] { Store.Sessions, oracle })
        {
            await store.SaveAsync([.. sessions.Select(session => session.Summary)], [], [.. sessions.Select(session => session.Usage!)], [], default, Cancel);
        }

        foreach (var query in UsageSamples.Queries)
        {
            var sums = await Store.Sessions.SumUsageAsync(query, Cancel);

            Assert.Equal(InOrder(await oracle.SumUsageAsync(query, Cancel)), InOrder(sums));
        }
    }

    [Fact]
    public async Task Activity_of_sessions_is_that_of_the_plain_store()
    {
        var sessions = UsageSamples.Many(60);
        var oracle = new InMemorySessionStore();
        foreach (var store in new[] { Store.Sessions, oracle })
        {
            await store.SaveAsync(
                [.. sessions.Select(session => session.Summary)],
                [.. sessions.Where((_, i) => i % 5 > 0).Select(SessionCalls.Of)],
                [.. sessions.Where((_, i) => i % 7 > 0).Select(session => session.Usage!)],
                [],
                default,
                Cancel);
        }

        var noon = new TimeRange(Some.Instant("2026-03-10T12:00Z"), Some.Instant("2026-03-10T12:30Z"));
        var late = new TimeRange(Some.Instant("2026-03-10T12:01Z"), Some.Instant("2026-03-10T15:30Z"));
        foreach (var query in new ActivityQuery[]
        {
            new(noon, true, true), new(noon, false, false), new(late, true, false), new(late, false, true, "codex"), new(new TimeRange(0, 1), true, true), new(TimeRange.All, true, true),
        })
        {
            Assert.Equal(await ActivityAsync(oracle, query), await ActivityAsync(Store.Sessions, query));
        }
    }

    [Fact]
    public async Task Activity_of_more_sessions_than_are_read_at_once_is_given_once_each()
    {
        var sessions = Enumerable.Range(0, 10_500).Select(i => Some.Session($"s{i}", user: $"user{i}")).ToList();
        await Store.Sessions.SaveAsync(sessions, [], default, Cancel);

        var seen = new List<string>();
        await Store.Sessions.ReadActivityAsync(new ActivityQuery(TimeRange.All, true, true), (in SessionActivity session) => seen.Add(session.Identity.User!), Cancel);

        Assert.Equal(sessions.Select(session => session.User).Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Whoever_takes_activity_may_end_it()
    {
        await SaveAsync(Some.Session("a"), Some.Session("b"));
        var seen = 0;

        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.Sessions.ReadActivityAsync(
            new ActivityQuery(TimeRange.All, true, true), (in SessionActivity _) => throw new InvalidOperationException($"{++seen}"), Cancel));

        Assert.Equal(1, seen);
    }

    [Fact]
    public async Task Groups_of_usage_are_cut_so_that_it_can_be_told()
    {
        var sessions = UsageSamples.Many(20);
        await Store.Sessions.SaveAsync([.. sessions.Select(session => session.Summary)], [], [.. sessions.Select(session => session.Usage!)], [], default, Cancel);

        Assert.Equal(6, (await Store.Sessions.SumUsageAsync(new UsageQuery(TimeRange.All, [UsageDimension.Session], MaxGroups: 5), Cancel)).Count);
    }

    [Fact]
    public async Task Usage_is_listed_replaced_kept_and_removed_with_its_session()
    {
        var (a, b, c) = (UsageSamples.Of("a"), UsageSamples.Of("b"), UsageSamples.Of("c"));
        await Store.Sessions.SaveAsync([a.Summary, b.Summary, c.Summary, Some.Session("none")], [], [a.Usage!, b.Usage!, c.Usage!], [], default, Cancel);
        var replaced = a.Usage! with { PriceTable = "other", Rows = [a.Usage.Rows[0] with { PricedPicos = 7 }] };

        await Store.Sessions.SaveAsync([a.Summary, b.Summary with { Title = "looked at" }], [], [replaced], ["c"], default, Cancel);

        var listed = await Store.Sessions.ListUsageAsync(new SessionQuery(), Cancel);
        Assert.Equal([replaced.Key, "b"], listed.Select(usage => usage.Key));
        Assert.Equal(replaced.Rows, listed[0].Rows);
        Assert.Equal(("other", b.Usage!.PriceTable), (listed[0].PriceTable, listed[1].PriceTable));
        Assert.Equal(b.Usage.Rows, listed[1].Rows);
        Assert.Equal(["b"], (await Store.Sessions.ListUsageAsync(new SessionQuery(After: (a.Summary.StartNanos, "a")), Cancel)).Select(usage => usage.Key));
    }

    [Fact]
    public async Task Absurd_amounts_of_usage_do_not_end_the_answer()
    {
        var row = UsageSamples.Of("a").Usage!.Rows[0] with { Tokens = new TokenUsage(long.MaxValue, long.MaxValue, 0, 0, 0), ReportedPicos = long.MaxValue, PricedPicos = long.MaxValue, LinesAdded = long.MaxValue };
        await Store.Sessions.SaveAsync([Some.Session("a")], [], [new SessionUsage("a", "t", [row, row])], [], default, Cancel);

        var sums = Assert.Single(await Store.Sessions.SumUsageAsync(new UsageQuery(TimeRange.All, []), Cancel)).Sums;

        Assert.Equal((Int128)long.MaxValue * 2, sums.PricedPicos);
    }

    private static IEnumerable<string> InOrder(IEnumerable<UsageGroup> groups) =>
        groups.Select(group => $"{string.Join('|', group.Values.Select(value => value ?? "null"))} {group with { Values = [] }}").Order(StringComparer.Ordinal);

    private Task SaveAsync(params SessionSummary[] sessions) => Store.Sessions.SaveAsync(sessions, [], default, Cancel);

    private async Task<IEnumerable<string>> KeysAsync(SessionQuery query) => (await Store.Sessions.ListAsync(query, Cancel)).Select(session => session.Key);

    private static async Task<IReadOnlyList<string>> ActivityAsync(ISessionStore store, ActivityQuery query)
    {
        var texts = new List<string>();
        await store.ReadActivityAsync(
            query,
            (in SessionActivity session) => texts.Add(
                $"{session.Agent} {session.Identity} {session.Repository} {session.Project} {session.Status} {session.StartNanos} {session.EndNanos} "
                + $"{(session.Calls.IsEmpty ? "" : string.Join(' ', SessionCallsCodec.Decode(session.Calls)))} {string.Join(' ', session.Usage.ToArray().Select(row => row.ToString()).Order(StringComparer.Ordinal))}"),
            Cancel);
        texts.Sort(StringComparer.Ordinal);
        return texts;
    }
}
