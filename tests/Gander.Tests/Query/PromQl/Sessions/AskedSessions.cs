using System.Globalization;
using Gander.Prices;
using Gander.Query.PromQl;
using Gander.Query.PromQl.Evaluation;
using Gander.Query.PromQl.OpenTelemetry;
using Gander.Query.PromQl.Sessions;
using Gander.Sessions;
using Gander.Sessions.Calls;
using Gander.Sessions.Usage;
using Gander.Stores;
using Gander.Tests.Sessions.Usage;
using Gander.Tests.Stores;

namespace Gander.Tests.Query.PromQl.Sessions;

/// <summary>Folded sessions in a store, asked by the real engine beside stored metrics.</summary>
internal sealed class AskedSessions : IDisposable
{
    private readonly OtlpSeriesSource _stored;

    public AskedSessions(ISessionStore? store = null, PriceTable? prices = null, string now = "2026-12-01T00:00Z", SessionSeriesOptions? options = null)
    {
        Store = store ?? new InMemorySessionStore();
        Time = new ManualTime(now);
        _stored = new OtlpSeriesSource(Metrics, new OtlpTranslationOptions());
        Made = new SessionSeriesSource(
            Store,
            _ =>
            {
                Reads++;
                return Task.CompletedTask;
            },
            new PriceBook(prices ?? UsageSamples.Prices),
            () => identity => new UsagePerson(identity.User, identity.Team),
            Time,
            options ?? new SessionSeriesOptions());
        Source = new JoinedSeriesSource(_stored, Made);
    }

    public ISessionStore Store { get; }

    public InMemoryMetricStore Metrics { get; } = new();

    public ManualTime Time { get; }

    public SessionSeriesSource Made { get; }

    public JoinedSeriesSource Source { get; }

    /// <summary>How often sessions were about to be read.</summary>
    public int Reads { get; private set; }

    public static long Millis(string time) => Some.Instant(time) / 1_000_000;

    /// <summary>Saves a session with its calls and the usage that they add up to, priced by <see cref="UsageSamples.Prices"/>.</summary>
    public async Task AddAsync(string key, Func<SessionSummary, SessionSummary> change, params Step[] steps)
    {
        var turns = UsageSamples.Turns(steps);
        var summary = change(UsageSamples.Summary(turns) with
        {
            Key = key,
            StartNanos = steps.Min(step => step.StartNanos),
            EndNanos = steps.Max(step => step.StartNanos + step.DurationNanos.GetValueOrDefault()),
        });
        var usage = UsageBuilder.Of(summary, turns, UsageSamples.Prices);
        await Store.SaveAsync(
            [UsagePricing.Complete(summary, usage)], [SessionCalls.Of(new Session(summary, turns))], [usage], [], default, TestContext.Current.CancellationToken);
    }

    /// <summary>The answer at one time, a line each: <c>labels value</c>.</summary>
    public async Task<IReadOnlyList<string>> AskAsync(string query, string at)
    {
        var (result, _) = await Engine().InstantAsync(query, Millis(at), TestContext.Current.CancellationToken);
        return result switch
        {
            QueryResult.Vector vector => [.. vector.Samples.Select(sample => $"{sample.Labels} {PromQlNumber.Format(sample.Value)}")],
            QueryResult.Matrix matrix => [.. matrix.Series.Select(series => $"{series.Labels} {string.Join(' ', Enumerable.Range(0, series.Samples.Count).Select(i => Describe(series.Samples.Times[i], series.Samples.Values[i])))}")],
            _ => throw new InvalidOperationException("not a vector"),
        };
    }

    /// <summary>The one number of an answer.</summary>
    public async Task<double> NumberAsync(string query, long atMillis)
    {
        var (result, _) = await Engine().InstantAsync(query, atMillis, TestContext.Current.CancellationToken);
        return Assert.Single(Assert.IsType<QueryResult.Vector>(result).Samples).Value;
    }

    /// <summary>The answer at each step, a line a series.</summary>
    public async Task<IReadOnlyList<string>> RangeAsync(string query, string start, string end, int stepSeconds)
    {
        var (result, _) = await Engine().RangeAsync(query, Millis(start), Millis(end), stepSeconds * 1_000, TestContext.Current.CancellationToken);
        return [.. result.Series.Select(series => $"{series.Labels} {string.Join(' ', series.Samples.Values.ToArray().Select(PromQlNumber.Format))}")];
    }

    public PromQlEngine Engine() => new(Source, new QueryLimits(), PromQlFeatures.ExperimentalFunctions);

    public void Dispose() => _stored.Dispose();

    private static string Describe(long millis, double value) =>
        string.Create(CultureInfo.InvariantCulture, $"{PromQlNumber.Format(value)}@{DateTimeOffset.FromUnixTimeMilliseconds(millis):HH:mm:ss.FFF}");
}
