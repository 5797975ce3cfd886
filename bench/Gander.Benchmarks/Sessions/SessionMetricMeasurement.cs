using System.Diagnostics;
using System.Globalization;
using Gander.Hosting.Pricing;
using Gander.Prices;
using Gander.Query.PromQl;
using Gander.Query.PromQl.Evaluation;
using Gander.Query.PromQl.OpenTelemetry;
using Gander.Query.PromQl.Sessions;
using Gander.Sessions;
using Gander.Sessions.Calls;
using Gander.Sessions.Usage;
using Gander.Storage.DuckDb;
using Gander.Stores;

namespace Gander.Benchmarks.Sessions;

/// <summary>How long queries over metrics of sessions take: over a week of a month of sessions, and over a week that has them all.</summary>
internal static class SessionMetricMeasurement
{
    private const int SessionsASave = 200;
    private const int Runs = 5;
    private const long Minute = 60_000;
    private const long Week = 7 * 24 * 60 * Minute;

    private static readonly (string Query, long StepMillis)[] Queries =
    [
        ("sum by (agent) (rate(gander_cost_usd_total[5m]))", 10 * Minute),
        ("topk(5, sum by (user) (increase(gander_cost_usd_total[7d])))", 0),
        ("rate(gander_tokens_total[1h])", 60 * Minute),
        ("histogram_quantile(0.95, sum by (le, model) (rate(gander_model_call_duration_seconds_bucket[1h])))", 60 * Minute),
        ("sum by (tool, outcome) (increase(gander_tool_calls_total[1d]))", 24 * 60 * Minute),
        ("sum by (status) (increase(gander_sessions_total[1d]))", 24 * 60 * Minute),
        ("sum(gander_sessions_active)", 0),
        ("sum(gander_cost_usd_total)", 0),
    ];

    /// <summary>Measures and prints.</summary>
    public static async Task RunAsync(int sessions)
    {
        foreach (var days in new[] { 29, 7 })
        {
            var folder = Directory.CreateTempSubdirectory("gander-session-metrics-").FullName;
            try
            {
                var store = await DuckDbStore.OpenAsync(new DuckDbStoreOptions { Folder = folder }, TimeProvider.System, null, CancellationToken.None);
                await using (store)
                {
                    await SaveAsync(store.Sessions, sessions, days);
                    Console.WriteLine($"{sessions} sessions of 200 steps over {days} days");
                    await AskAsync(store, UsageMeasurement.Start / 1_000_000 + (days * Week / 7));
                }
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static async Task SaveAsync(ISessionStore store, int sessions, int days)
    {
        var random = new Random(7);
        var prices = PriceFile.ReadTable();
        for (var at = 0; at < sessions; at += SessionsASave)
        {
            var batch = Enumerable.Range(at, Math.Min(SessionsASave, sessions - at)).Select(i => UsageMeasurement.Make(i, random, days)).ToList();
            var usage = batch.ConvertAll(session => UsageBuilder.Of(session.Summary, [UsagePricing.Price(session.Turn, prices)], prices));
            var calls = batch.ConvertAll(session => SessionCalls.Of(new Session(session.Summary, [session.Turn])));
            await store.SaveAsync([.. batch.Select((session, i) => UsagePricing.Complete(session.Summary, usage[i]))], calls, usage, [], default, CancellationToken.None);
        }
    }

    private static async Task AskAsync(DuckDbStore store, long endMillis)
    {
        var stored = new OtlpSeriesSource(store.Metrics, new OtlpTranslationOptions());
        var made = new SessionSeriesSource(
            store.Sessions, _ => Task.CompletedTask, new PriceBook(PriceFile.ReadTable()), () => identity => new UsagePerson(identity.User, identity.Team), TimeProvider.System, new SessionSeriesOptions());
        var engine = new PromQlEngine(new JoinedSeriesSource(stored, made), new QueryLimits());
        foreach (var (query, step) in Queries)
        {
            var times = new List<double>();

            // The first one also compiles.
            await RunAsync(engine, query, step, endMillis);
            var (samples, before) = (0L, Process.GetCurrentProcess().TotalProcessorTime);
            for (var run = 0; run < Runs; run++)
            {
                var started = Stopwatch.GetTimestamp();
                samples = await RunAsync(engine, query, step, endMillis);
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            times.Sort();
            var cpu = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMilliseconds / Runs;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{times[Runs / 2],6:F0} ms median, {times[0],5:F0} best, {cpu,5:F0} CPU, {samples,9} samples: {query}"));
        }

        stored.Dispose();
    }

    private static async Task<long> RunAsync(PromQlEngine engine, string query, long step, long endMillis) => step == 0
        ? (await engine.InstantAsync(query, endMillis, CancellationToken.None)).Statistics.SamplesRead
        : (await engine.RangeAsync(query, endMillis - Week, endMillis, step, CancellationToken.None)).Statistics.SamplesRead;
}
