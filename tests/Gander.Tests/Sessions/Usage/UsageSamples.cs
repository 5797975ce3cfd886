using CsCheck;
using Gander.Prices;
using Gander.Sessions;
using Gander.Sessions.Usage;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Tests.Sessions.Usage;

/// <summary>Sessions with their calls, as the fold leaves them before they are added up.</summary>
internal static class UsageSamples
{
    private static readonly long s_noon = Some.Instant("2026-03-10T12:00Z");

    /// <summary>Two models that are priced, one of them dearer in a large context and without a price for cached tokens.</summary>
    public static PriceTable Prices { get; } = new(
        "samples",
        [
            new PriceEntry { Provider = "anthropic", Models = ["sonnet"], Rates = new TokenRates(2_000_000, 10_000_000) { CacheRead = 200_000, CacheWrite = 2_500_000, CacheWriteOneHour = 4_000_000 } },
            new PriceEntry { Provider = "openai", Models = ["gpt"], Rates = new TokenRates(1_000_000, 5_000_000), Tiers = [new PriceTier(200_000, new TokenRates(3_000_000, 7_000_000))] },
        ],
        [],
        []);

    /// <summary>Sessions of several turns, models and tools over some hours, with and without reported costs.</summary>
    public static Gen<Session> Sessions { get; } =
        Steps.Array[0, 8].Array[0, 5].Select(turns =>
        {
            var all = turns.Select((steps, index) => Turn(index, steps)).ToList();
            return new Session(Summary(all), all);
        });

    private static Gen<Step> Steps => Gen.Select(
        Gen.Bool, Gen.Long[0, 5 * UsageRow.HourNanos], Gen.OneOf(Gen.Const("sonnet"), Gen.Const("gpt"), Gen.Const("llama"), Gen.Const("unknown")), Gen.OneOf(Gen.Const("shell"), Gen.Const("edit")), Usages, Gen.Int[0, 9], Gen.Int[0, 50]).Select(
        (isModel, after, model, tool, tokens, dice, lines) => isModel
            ? Priced(Call(s_noon + after, model) with
            {
                Tokens = dice == 0 ? null : tokens,
                ReportedCostUsd = dice is 1 or 2 ? 0.000_123m * (lines + 1) : null,
                Status = dice == 0 ? StepStatus.Error : StepStatus.Ok,
            })
            : Tool(s_noon + after, tool) with { Status = dice == 0 ? StepStatus.Denied : StepStatus.Ok, Changes = dice > 5 ? new CodeChanges(lines, null, null, null) : default });

    private static Gen<TokenUsage> Usages =>
        Gen.Select(Gen.Long[0, 300_000], Gen.Long[0, 5_000], Gen.OneOf(Gen.Const(0L), Gen.Long[0, 1_000]), Gen.OneOf(Gen.Const(0L), Gen.Long[0, 1_000]), Gen.Long[0, 1]).Select((fresh, output, read, written, hour) =>
            new TokenUsage(fresh + read + written, output, read, written, output / 2) { CacheWriteOneHour = written * hour });

    /// <summary>Questions of every sort about <see cref="Many"/>.</summary>
    public static IReadOnlyList<UsageQuery> Queries { get; } =
    [
        .. Enum.GetValues<UsageDimension>().Select(dimension => new UsageQuery(TimeRange.All, [dimension])),
        new UsageQuery(TimeRange.All, []),
        new UsageQuery(TimeRange.All, [UsageDimension.Model, UsageDimension.Day]),
        new UsageQuery(TimeRange.All, [UsageDimension.Tool, UsageDimension.Host, UsageDimension.Agent]),
        new UsageQuery(new TimeRange(s_noon + UsageRow.HourNanos, s_noon + (30 * UsageRow.HourNanos)), [UsageDimension.Hour]),
        new UsageQuery(TimeRange.All, [UsageDimension.Agent]) { Agent = "codex", Status = "error", Host = "h1" },
        new UsageQuery(TimeRange.All, [UsageDimension.Model]) { Model = "gpt", Provider = "" },
        new UsageQuery(TimeRange.All, [UsageDimension.Tool]) { Tool = "shell", Repository = "r0", Project = "" },
        new UsageQuery(TimeRange.All, [UsageDimension.Session]) { Session = "s7" },
        new UsageQuery(new TimeRange(0, 1), [UsageDimension.Session]),
        .. Enum.GetValues<UsageDimension>().Select(dimension => new UsageQuery(TimeRange.All, [dimension, UsageDimension.Team]) { Persons = PersonOf }),
        new UsageQuery(TimeRange.All, []) { Persons = PersonOf },
        new UsageQuery(new TimeRange(s_noon + UsageRow.HourNanos, s_noon + (4 * UsageRow.HourNanos)), [UsageDimension.Person]) { Persons = PersonOf },
        new UsageQuery(TimeRange.All, [UsageDimension.Hour, UsageDimension.Person, UsageDimension.Tool, UsageDimension.Model]) { Persons = PersonOf, Agent = "codex" },
    ];

    /// <summary>Folded sessions <c>s0</c>, <c>s1</c> and so on, of several people, agents, hosts, repositories and days.</summary>
    public static List<Session> Many(int count) =>
        [.. Sessions.Array[count].Single().Select((session, i) => Complete(session, session.Summary with
        {
            Key = $"s{i}",
            Agent = i % 3 == 0 ? "codex" : "claude-code",
            User = i % 4 == 0 ? null : $"user{i % 5}",
            Team = i % 2 == 0 ? "birds" : null,
            Host = i % 7 == 0 ? null : $"h{i % 2}",
            Account = i % 3 == 1 ? new SessionAccount($"user{i % 5}@example.com", null, null, null) : null,
            Repository = i % 2 == 0 ? "r0" : null,
            Project = i % 5 == 0 ? "p" : null,
            Status = i % 3 == 0 ? SessionStatus.Error : SessionStatus.Ok,
        }))];

    /// <summary>A folded session of this key that used something.</summary>
    public static Session Of(string key)
    {
        var turns = Turns(Call(s_noon, "sonnet", input: 100), Tool(s_noon, "shell"), Call(s_noon + UsageRow.HourNanos, "llama", input: 50));
        return Complete(new Session(Summary(turns), turns), Summary(turns) with { Key = key });
    }

    public static Step Call(long nanos, string model, long input = 0) =>
        Priced(new Step { Kind = StepKind.Model, Name = model, StartNanos = nanos, Tokens = new TokenUsage(input, 0, 0, 0, 0), Status = StepStatus.Ok });

    public static Step Tool(long nanos, string name) => new() { Kind = StepKind.Tool, Name = name, StartNanos = nanos, Status = StepStatus.Ok };

    public static List<Turn> Turns(params Step[] steps) => [Turn(0, steps)];

    /// <summary>A summary with the sums of the steps.</summary>
    public static SessionSummary Summary(IReadOnlyList<Turn> turns)
    {
        var figures = new StepFigures([.. turns]);
        return Some.Session() with
        {
            TurnCount = turns.Count,
            ModelCalls = figures.ModelCalls,
            ModelErrors = figures.ModelErrors,
            ModelUses = figures.ModelUses,
            ToolCalls = figures.ToolCalls,
            ToolFailures = figures.ToolFailures,
            Tokens = figures.Tokens,
            ReportedCostUsd = figures.ReportedCostUsd,
            Changes = figures.Changes,
        };
    }

    // Some are one person, some nobody, and some are left out.
    private static UsagePerson? PersonOf(UsageIdentity identity) => identity switch
    {
        { User: "user1" or "user2" } => new UsagePerson("both", "fish"),
        { User: null } => new UsagePerson(null, identity.Team),
        { User: "user3" } => null,
        _ => new UsagePerson(identity.User, identity.Team),
    };

    private static Turn Turn(int index, IReadOnlyList<Step> steps) => UsagePricing.Price(
        new Turn { Index = index, StartNanos = s_noon + index, EndNanos = s_noon + index, Status = SessionStatus.Ok, Steps = steps }, Prices);

    private static Session Complete(Session session, SessionSummary summary)
    {
        var usage = UsageBuilder.Of(summary, session.Turns, Prices);
        return new Session(UsagePricing.Complete(summary, usage), session.Turns) { Usage = usage };
    }

    private static Step Priced(Step step) => UsagePricing.Price(
        new Turn { Index = 0, StartNanos = 0, EndNanos = 0, Status = SessionStatus.Ok, Steps = [step] }, Prices).Steps[0];
}
