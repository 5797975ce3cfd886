using System.Globalization;
using CsCheck;
using Gander.Query.PromQl;
using Gander.Query.PromQl.OpenTelemetry;
using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;
using Gander.Query.Shared;
using Gander.Stores;
using Gander.Telemetry;
using Gander.Tests.Stores;
using Gander.Tests.Stores.Metrics;
using static Gander.Tests.Query.PromQl.OpenTelemetry.OtlpSeriesSourceTests;

namespace Gander.Tests.Query.PromQl.OpenTelemetry;

/// <summary>The source over the embedded store, in files and in memory.</summary>
public sealed class StoredSeriesTests
{
    private static readonly long Noon = QueriedMetrics.Noon;

    private static readonly LabelMatcher[] Everything = [new(Labels.MetricName, MatchOperator.Matches, ".+")];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Points_of_every_kind_are_the_same_series_from_files_as_from_a_plain_list()
    {
        await Gen.Select(MetricPoints.Any(Noon).Array[1, 80], Gen.Bool, Gen.Long[-600, 600], Gen.Long[0, 900]).SampleAsync(
            async (points, isCut, from, length) =>
            {
                var plain = new InMemoryMetricStore();
                await using var folder = new DuckDbMetricFolder(new ManualTime("2026-03-10T12:00Z"));
                await folder.OpenAsync();
                using var batch = PointRecord.Batch(points);
                await plain.WriteAsync([batch], Cancel);
                await folder.Store.WriteAsync([batch], Cancel);
                if (isCut)
                {
                    await folder.Store.CutAsync(Cancel);
                }

                foreach (var (first, last) in new[] { (-600_000L, 600_000L), (from, from + length) })
                {
                    Assert.Equal(await ReadAsync(plain, first, last), await ReadAsync(folder.Store, first, last));
                }
            },
            iter: 15,
            threads: 1);
    }

    [Fact]
    public async Task Series_are_read_in_any_pieces_and_at_the_same_time()
    {
        using var metrics = new QueriedMetrics();
        await metrics.WriteAsync([.. Enumerable.Range(0, 200).Select(i => Gauge("load", 10, i) with { Attributes = Some.Attributes(("i", i)) })]);
        var set = await metrics.Source.SelectAsync(Everything, QueriedMetrics.Millis(0), QueriedMetrics.Millis(60), Cancel);
        var buffers = Enumerable.Range(0, set.Series.Count).Select(_ => new Samples()).ToArray();

        await Parallel.ForAsync(0, 20, Cancel, async (piece, token) =>
        {
            var (first, end) = (piece * buffers.Length / 20, (piece + 1) * buffers.Length / 20);
            await set.ReadAsync(first, buffers.AsMemory(first, end - first), 1_000, token);
        });

        for (var i = 0; i < buffers.Length; i++)
        {
            Assert.Equal(set.Series[i]["i"] is { Length: > 0 } number ? double.Parse(number, CultureInfo.InvariantCulture) : 1, buffers[i].Values[0]);
        }
    }

    [Fact]
    public async Task A_read_of_more_samples_than_allowed_says_so()
    {
        using var metrics = new QueriedMetrics();
        await metrics.WriteAsync([.. Enumerable.Range(0, 50).Select(i => Gauge("load", i, i))]);
        var set = await metrics.Source.SelectAsync([new LabelMatcher(Labels.MetricName, MatchOperator.Equal, "load")], QueriedMetrics.Millis(0), QueriedMetrics.Millis(60), Cancel);

        var error = await Assert.ThrowsAsync<QueryException>(async () => await set.ReadAsync(0, new[] { new Samples() }, 49, Cancel));

        Assert.Equal(QueryErrorKind.LimitExceeded, error.Kind);
        Assert.Contains("49", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Series_that_the_store_forgot_are_found_no_more_and_new_ones_are()
    {
        var time = new ManualTime("2026-03-10T12:00Z");
        await using var folder = new DuckDbMetricFolder(time);
        await folder.OpenAsync();
        using var metrics = new QueriedMetrics(store: folder.Store);
        await metrics.WriteAsync(Gauge("old", 10, 1), Histogram("h", 10, new HistogramRecord(1, 1, null, null, [1], [1, 0])));
        await folder.Store.CutAsync(Cancel);
        Assert.Contains("h_bucket", await NamesAsync(metrics));
        time.Advance(TimeSpan.FromDays(402));
        await metrics.WriteAsync(Gauge("new", 402 * 86_400, 1) with { Resource = Resource.Empty });
        await folder.Store.CutAsync(Cancel);

        await folder.Store.SweepAsync(time.NowNanos, Cancel);

        Assert.Equal(["new"], await NamesAsync(metrics));
    }

    [Fact]
    public async Task Histograms_that_a_restart_finds_have_their_buckets()
    {
        await using var folder = new DuckDbMetricFolder(new ManualTime("2026-03-10T12:00Z"));
        await folder.OpenAsync();
        using (var metrics = new QueriedMetrics(store: folder.Store))
        {
            await metrics.WriteAsync(Histogram("h", 10, new HistogramRecord(3, 1, null, null, [1, 2], [1, 1, 1])));
        }

        for (var restart = 0; restart < 2; restart++)
        {
            await folder.ReopenAsync();
            using var metrics = new QueriedMetrics(store: folder.Store);
            Assert.Equal(["{le=\"+Inf\"} 3", "{le=\"1\"} 1", "{le=\"2\"} 2"], await metrics.AskAsync("sum by (le) (h_bucket)", 20));
            await folder.Store.CutAsync(Cancel);
        }
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(QueriedMetrics metrics) =>
        await metrics.Source.ListLabelValuesAsync(Labels.MetricName, [], 0, QueriedMetrics.Millis(500 * 86_400), 100, Cancel);

    private static async Task<IReadOnlyList<string>> ReadAsync(IMetricStore store, long first, long last)
    {
        using var source = new OtlpSeriesSource(store, new OtlpTranslationOptions());
        var set = await source.SelectAsync(Everything, QueriedMetrics.Millis(first), QueriedMetrics.Millis(last), Cancel);
        var buffers = Enumerable.Range(0, set.Series.Count).Select(_ => new Samples()).ToArray();
        await set.ReadAsync(0, buffers, long.MaxValue, Cancel);
        return [.. set.Series.Zip(buffers, Describe).Order(StringComparer.Ordinal)];
    }

    private static string Describe(Labels labels, Samples samples)
    {
        var text = new System.Text.StringBuilder(labels.ToString());
        for (var i = 0; i < samples.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $" {samples.Times[i]}=");
            text.Append(samples.HasHistograms && samples.Histograms[i] is { } histogram ? histogram.ToString() : PromQlNumber.Format(samples.Values[i]));
        }

        return text.ToString();
    }
}
