using System.Diagnostics;
using System.Globalization;
using Gander.Api.Usage;
using Gander.Benchmarks.Stores;
using Gander.Hosting.Identities;
using Gander.Hosting.Pricing;
using Gander.Sessions;
using Gander.Sessions.Usage;
using Gander.Storage.DuckDb;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Benchmarks.Sessions;

/// <summary>How long usage by any two dimensions and the list of sessions take over thirty days of sessions, and what keeping usage costs.</summary>
internal static class UsageMeasurement
{
    private const int Steps = 200;
    private const int SessionsASave = 200;
    private const int Users = 200;
    private const long DayNanos = 24 * UsageRow.HourNanos;

    /// <summary>The first instant, Unix nanoseconds.</summary>
    public static readonly long Start = new DateTimeOffset(2026, 10, 24, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds() * 1_000_000_000;
    private static readonly string[] Models = ["claude-sonnet-5", "claude-opus-5", "gpt-5", "gemini-2.5-pro", "llama-local"];
    private static readonly string[] Tools = ["shell", "edit", "read", "write", "grep", "glob", "fetch", "search", "todo", "task", "mcp__kv__get", "mcp__kv__set"];
    private static readonly string[] Agents = ["claude-code", "codex", "goose"];

    /// <summary>Measures and prints.</summary>
    public static async Task RunAsync(int sessions)
    {
        var folder = Directory.CreateTempSubdirectory("gander-usage-").FullName;
        try
        {
            var store = await DuckDbStore.OpenAsync(new DuckDbStoreOptions { Folder = folder }, TimeProvider.System, null, CancellationToken.None);
            await using (store)
            {
                await SaveAsync(store.Sessions, sessions);
                await AskAsync(store.Sessions);
                await ListAsync(store.Sessions);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task SaveAsync(ISessionStore store, int sessions)
    {
        var random = new Random(7);
        var prices = PriceFile.ReadTable();
        var (building, saving, rows) = (TimeSpan.Zero, TimeSpan.Zero, 0L);
        for (var at = 0; at < sessions; at += SessionsASave)
        {
            var batch = Enumerable.Range(at, Math.Min(SessionsASave, sessions - at)).Select(i => Make(i, random)).ToList();
            var started = Stopwatch.GetTimestamp();
            var usage = batch.ConvertAll(session => UsageBuilder.Of(session.Summary, [UsagePricing.Price(session.Turn, prices)], prices));
            building += Stopwatch.GetElapsedTime(started);
            rows += usage.Sum(one => one.Rows.Count);
            started = Stopwatch.GetTimestamp();
            await store.SaveAsync([.. batch.Select((session, i) => UsagePricing.Complete(session.Summary, usage[i]))], [], usage, [], default, CancellationToken.None);
            saving += Stopwatch.GetElapsedTime(started);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{sessions} sessions of {Steps} steps: {rows} rows; pricing and adding up {building.TotalMicroseconds / sessions:F0} µs a session, saving {saving.TotalMicroseconds / sessions:F0} µs a session"));
    }

    private static async Task AskAsync(ISessionStore store)
    {
        var times = new Percentiles();
        var slowest = (Milliseconds: 0.0, Pair: "");
        var range = new TimeRange(Start, Start + (30 * DayNanos));
        var pairs = from left in UsageBy.All from right in UsageBy.All where string.CompareOrdinal(left.Name, right.Name) < 0 select new[] { left, right };
        foreach (var pair in pairs.Concat(pairs))
        {
            var request = new UsageRequest(new UsageQuery(range, [.. pair.Select(by => by.Dimension)]), pair, "cost", 1_000);
            var query = request.QueryOf(People.None, pseudonyms: null);
            var started = Stopwatch.GetTimestamp();
            var groups = await store.SumUsageAsync(query, CancellationToken.None);
            var whole = await store.SumUsageAsync(query with { By = [] }, CancellationToken.None);
            var report = UsageReport.Of(request, groups, whole, pseudonyms: null);
            var elapsed = Stopwatch.GetElapsedTime(started);
            times.Add(elapsed);
            if (elapsed.TotalMilliseconds > slowest.Milliseconds)
            {
                slowest = (elapsed.TotalMilliseconds, $"{pair[0].Name},{pair[1].Name} ({report.RowCount} rows)");
            }
        }

        Console.WriteLine($"usage by two dimensions over 30 days: {times}; slowest {slowest.Pair}");
    }

    // Every filter alone and with every other, with and without a range of time, three pages of each.
    private static async Task ListAsync(ISessionStore store)
    {
        Func<SessionQuery, SessionQuery>[] filters =
        [
            query => query,
            query => query with { Agent = "codex" },
            query => query with { User = "user77" },
            query => query with { User = "nobody" },
            query => query with { Status = "ok" },
            query => query with { Status = "error" },
            query => query with { EndedBy = Start + (9 * DayNanos) },
            query => query with { Range = new TimeRange(Start + (3 * DayNanos), Start + (4 * DayNanos)) },
            query => query with { Range = new TimeRange(Start + (14 * DayNanos), Start + (30 * DayNanos)) },
        ];
        foreach (var limit in new[] { 100, 1_000 })
        {
            var times = new Percentiles();
            foreach (var left in filters)
            {
                foreach (var right in filters)
                {
                    await PagesAsync(store, right(left(new SessionQuery(Limit: limit))), times);
                }
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"list of {limit} sessions, any filters: {times}"));
        }
    }

    private static async Task PagesAsync(ISessionStore store, SessionQuery query, Percentiles times)
    {
        for (var page = 0; page < 3; page++)
        {
            var started = Stopwatch.GetTimestamp();
            var found = await store.ListAsync(query, CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(started));
            if (found.Count < query.Limit)
            {
                break;
            }

            query = query with { After = (found[^1].StartNanos, found[^1].Key) };
        }
    }

    /// <summary>A session of 200 steps over two hours that begins on one of the first so many days.</summary>
    public static (SessionSummary Summary, Turn Turn) Make(int index, Random random, int days = 29)
    {
        var start = Start + random.NextInt64(days * DayNanos);
        var (model, other) = (Models[random.Next(Models.Length)], Models[random.Next(Models.Length)]);
        var steps = new Step[Steps];
        for (var i = 0; i < Steps; i++)
        {
            // Two hours a session, a model call and a tool call in turn.
            var nanos = start + (i * 36_000_000_000L);
            steps[i] = i % 2 == 0
                ? new Step { Kind = StepKind.Model, Name = i % 10 == 0 ? other : model, Provider = "provider", StartNanos = nanos, DurationNanos = (i % 40 + 1) * 500_000_000L, FirstByteNanos = (i % 20 + 1) * 100_000_000L, Status = StepStatus.Ok, Tokens = new TokenUsage(random.Next(150_000), random.Next(2_000), 0, 0, 0) }
                : new Step { Kind = StepKind.Tool, Name = Tools[random.Next(Tools.Length)], StartNanos = nanos, DurationNanos = (i % 30) * 100_000_000L, Status = random.Next(20) == 0 ? StepStatus.Error : StepStatus.Ok };
        }

        var turn = new Turn { Index = 0, StartNanos = start, EndNanos = start + (2 * UsageRow.HourNanos), Status = SessionStatus.Ok, Steps = steps };
        var user = random.Next(Users);
        var figures = new StepFigures([turn]);
        return (new SessionSummary
        {
            Key = string.Create(CultureInfo.InvariantCulture, $"session-{index:D6}-g2t0ppce4wk1hpb11hdp"),
            Id = string.Create(CultureInfo.InvariantCulture, $"{index}"),
            EmitterId = (ulong)user,
            Agent = Agents[user % Agents.Length],
            User = string.Create(CultureInfo.InvariantCulture, $"user{user}"),
            Team = string.Create(CultureInfo.InvariantCulture, $"team{user % 12}"),
            Host = string.Create(CultureInfo.InvariantCulture, $"host{user}"),
            Repository = string.Create(CultureInfo.InvariantCulture, $"repo{random.Next(40)}"),
            StartNanos = start,
            EndNanos = turn.EndNanos,
            Status = SessionStatus.Ok,
            TurnCount = 1,
            ModelCalls = figures.ModelCalls,
            ModelUses = figures.ModelUses,
            ToolCalls = figures.ToolCalls,
            ToolFailures = figures.ToolFailures,
            Tokens = figures.Tokens,
        }, turn);
    }
}
