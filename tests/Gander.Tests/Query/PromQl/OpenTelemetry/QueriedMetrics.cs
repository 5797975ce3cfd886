using System.Globalization;
using Gander.Query.PromQl;
using Gander.Query.PromQl.Evaluation;
using Gander.Query.PromQl.OpenTelemetry;
using Gander.Stores;
using Gander.Tests.Stores;
using Gander.Tests.Stores.Metrics;

namespace Gander.Tests.Query.PromQl.OpenTelemetry;

/// <summary>Points in a store, asked by the real engine. Times are seconds after noon.</summary>
internal sealed class QueriedMetrics(OtlpTranslationOptions? options = null, IMetricStore? store = null) : IDisposable
{
    public static readonly long Noon = Some.Instant("2026-03-10T12:00Z");

    private const long Second = 1_000_000_000;

    public IMetricStore Store { get; } = store ?? new InMemoryMetricStore();

    public OtlpSeriesSource Source => field ??= new OtlpSeriesSource(Store, options ?? new OtlpTranslationOptions());

    public static long Nanos(double seconds) => Noon + (long)Math.Round(seconds * Second);

    public static long Millis(double seconds) => (Noon / 1_000_000) + (long)Math.Round(seconds * 1_000);

    public async Task WriteAsync(params IReadOnlyList<PointRecord> points)
    {
        using var batch = PointRecord.Batch(points);
        await Store.WriteAsync([batch], TestContext.Current.CancellationToken);
    }

    /// <summary>The answer at one time, a line each: <c>labels value</c>.</summary>
    public async Task<IReadOnlyList<string>> AskAsync(string query, double at)
    {
        var (result, _) = await new PromQlEngine(Source, new QueryLimits()).InstantAsync(query, Millis(at), TestContext.Current.CancellationToken);
        return result switch
        {
            QueryResult.Vector vector => [.. vector.Samples.Select(sample => $"{sample.Labels} {sample.Histogram?.ToString() ?? PromQlNumber.Format(sample.Value)}").Order(StringComparer.Ordinal)],
            QueryResult.Matrix matrix => [.. matrix.Series.Select(series => $"{series.Labels} {string.Join(' ', Enumerable.Range(0, series.Samples.Count).Select(i => Describe(series.Samples.Times[i], series.Samples.Values[i])))}")],
            _ => throw new InvalidOperationException("not a vector"),
        };
    }

    /// <summary>The one number of an answer.</summary>
    public async Task<double> NumberAsync(string query, double at)
    {
        var (result, _) = await new PromQlEngine(Source, new QueryLimits()).InstantAsync(query, Millis(at), TestContext.Current.CancellationToken);
        return Assert.Single(Assert.IsType<QueryResult.Vector>(result).Samples).Value;
    }

    public void Dispose() => Source.Dispose();

    private static string Describe(long millis, double value) =>
        string.Create(CultureInfo.InvariantCulture, $"{PromQlNumber.Format(value)}@{(millis - Millis(0)) / 1000.0}");
}
