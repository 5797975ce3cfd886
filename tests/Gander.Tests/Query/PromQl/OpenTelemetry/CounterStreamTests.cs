using Gander.Telemetry;
using Gander.Tests.Stores.Metrics;
using static Gander.Tests.Query.PromQl.OpenTelemetry.OtlpSeriesSourceTests;

namespace Gander.Tests.Query.PromQl.OpenTelemetry;

/// <summary>Deltas, starts and processes that send the same series.</summary>
public sealed class CounterStreamTests
{
    [Fact]
    public async Task A_process_that_exported_once_counts()
    {
        using var metrics = new QueriedMetrics();
        await metrics.WriteAsync(Sum("runs", 65, 3, start: 60));

        Assert.Equal(3, await metrics.NumberAsync("increase(runs_total[5m])", 65));
        Assert.Equal(["runs_total{host_name=\"demo-host\", job=\"goose\", service_name=\"goose\", service_version=\"1.52.0\"} 0@60 3@65"], await metrics.AskAsync("runs_total[5m]", 65));
    }

    [Fact]
    public async Task A_new_start_is_a_reset_even_when_the_value_is_higher()
    {
        using var metrics = new QueriedMetrics();
        await metrics.WriteAsync(Sum("runs", 65, 3, start: 60), Sum("runs", 125, 5, start: 120));

        Assert.Equal(["0@60 3@65 0@120 5@125"], await SamplesAsync(metrics, "runs_total[5m]", 200));
    }

    [Fact]
    public async Task A_zero_never_stands_at_or_before_a_sample_of_the_process_before()
    {
        using var metrics = new QueriedMetrics();
        await metrics.WriteAsync(Sum("runs", 65, 3, start: 60), Sum("runs", 125, 5, start: 65), Sum("runs", 125.001, 9, start: 125));

        Assert.Equal(["0@60 3@65 0@65.001 5@125 9@125.001"], await SamplesAsync(metrics, "runs_total[5m]", 200));
    }

    [Fact]
    public async Task A_process_that_ran_for_days_before_it_was_heard_of_is_no_sudden_growth()
    {
        using var metrics = new QueriedMetrics();
        await metrics.WriteAsync(Sum("runs", 60, 1000, start: -200_000), Sum("runs", 120, 1001, start: -200_000));

        Assert.Equal(["1000@60 1001@120"], await SamplesAsync(metrics, "runs_total[1h]", 200));
    }

    [Fact]
    public async Task Processes_that_run_beside_each_other_are_added_up()
    {
        using var metrics = new QueriedMetrics();
        await metrics.WriteAsync(
            Sum("runs", 60, 1, start: 0), Sum("runs", 90, 5, start: 30), Sum("runs", 120, 2, start: 0), Sum("runs", 150, 7, start: 30), Sum("runs", 180, 3, start: 0));

        Assert.Equal(["0@0 1@60 6@90 7@120 9@150 10@180"], await SamplesAsync(metrics, "runs_total[10m]", 200));
    }

    [Fact]
    public async Task Stored_series_that_PromQL_cannot_tell_apart_are_added_up_where_they_overlap()
    {
        using var metrics = new QueriedMetrics();
        var (one, two) = (Some.Resource("s", ("process.pid", "1")), Some.Resource("s", ("process.pid", "2")));
        await metrics.WriteAsync(
            Sum("runs", 60, 1, start: 0) with { Resource = one },
            Sum("runs", 70, 10, start: 10) with { Resource = two },
            Sum("runs", 120, 2, start: 0) with { Resource = one });

        Assert.Equal(["0@0 1@60 11@70 12@120"], await SamplesAsync(metrics, "runs_total[10m]", 200));
    }

    [Fact]
    public async Task Deltas_count_up_and_each_is_seen_however_long_nothing_came_before()
    {
        using var metrics = new QueriedMetrics();
        await metrics.WriteAsync(
            Delta("tokens", 60, 5, start: 0), Delta("tokens", 120, 7, start: 60), Delta("tokens", 1800, 11, start: 1740));

        Assert.Equal(["0@0 5@60 12@120 12@1740 23@1800"], await SamplesAsync(metrics, "tokens_total[1h]", 1800, withoutStale: true));
        Assert.Equal(11, await metrics.NumberAsync("increase(tokens_total[2m])", 1800) * 60 / 120, 0.6);
    }

    [Fact]
    public async Task Deltas_may_come_late_twice_and_with_gaps()
    {
        using var metrics = new QueriedMetrics();
        await metrics.WriteAsync(Delta("tokens", 180, 1, start: 120));
        await metrics.WriteAsync(Delta("tokens", 60, 5, start: 0));
        await metrics.WriteAsync(Delta("tokens", 60, 5, start: 0));

        Assert.Equal(["0@0 5@60 5@120 6@180"], await SamplesAsync(metrics, "tokens_total[1h]", 200));
    }

    [Fact]
    public async Task Sums_of_deltas_begin_anew_at_midnight_and_the_reset_is_seen()
    {
        using var metrics = new QueriedMetrics();
        const double Midnight = 12 * 3600;
        await metrics.WriteAsync(Delta("tokens", Midnight - 30, 5, start: Midnight - 90), Delta("tokens", Midnight + 30, 7, start: Midnight - 30));

        Assert.Equal([$"0@{Midnight - 90} 5@{Midnight - 30} 0@{Midnight} 7@{Midnight + 30}"], await SamplesAsync(metrics, "tokens_total[10m]", Midnight + 60));
    }

    [Theory]
    [InlineData(130, 60)]
    [InlineData(200, 50)]
    [InlineData(1_000, 900)]
    public async Task The_value_at_a_time_does_not_depend_on_the_range_that_is_asked_for(double at, double range)
    {
        using var metrics = new QueriedMetrics();
        await metrics.WriteAsync([.. Enumerable.Range(0, 30).SelectMany(i => new[]
        {
            Delta("tokens", (i * 60) + 60, i, start: i * 60),
            Sum("runs", (i * 60) + 61, i, start: i / 4 * 240),
            Sum("both", (i * 60) + 61, i, start: 5) with { Resource = Some.Resource("b", ("pid", "1")) },
            Sum("both", (i * 60) + 77, 2 * i, start: 6) with { Resource = Some.Resource("b", ("pid", "2")) },
        })]);

        foreach (var name in new[] { "tokens_total", "runs_total", "both_total" })
        {
            var whole = Assert.Single(await SamplesAsync(metrics, $"{name}[2h]", 3_000, withoutStale: true)).Split(' ');
            var part = Assert.Single(await SamplesAsync(metrics, $"{name}[{range}s]", at, withoutStale: true)).Split(' ');
            double Time(string sample) => double.Parse(sample.Split('@')[1], System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(whole.Where(sample => Time(sample) > at - range && Time(sample) <= at), part);
        }
    }

    [Fact]
    public async Task Delta_histograms_count_up_bucket_by_bucket()
    {
        using var metrics = new QueriedMetrics();
        await metrics.WriteAsync(
            Histogram("h", 60, new HistogramRecord(3, 6, null, null, [1, 2], [1, 1, 1]), start: 0, temporality: Temporality.Delta),
            Histogram("h", 120, new HistogramRecord(2, 1, null, null, [1, 2], [2, 0, 0]), start: 60, temporality: Temporality.Delta));

        Assert.Equal(["{le=\"+Inf\"} 5", "{le=\"1\"} 3", "{le=\"2\"} 4"], await metrics.AskAsync("sum by (le) (h_bucket)", 130));
        Assert.Equal(7, await metrics.NumberAsync("h_sum", 130));
    }

    [Fact]
    public async Task Delta_exponential_histograms_count_up()
    {
        using var metrics = new QueriedMetrics();
        PointRecord Point(double at, double start, ulong[] counts) => Gauge("size", at, 0) with
        {
            Kind = MetricKind.ExponentialHistogram,
            Temporality = Temporality.Delta,
            StartNanos = QueriedMetrics.Nanos(start),
            Value = default,
            Exponential = new ExponentialHistogramRecord((ulong)counts.Sum(count => (long)count), 3, null, null, 0, 0, 0, 0, counts, 0, []),
        };
        await metrics.WriteAsync(Point(60, 0, [1, 2]), Point(120, 60, [4]));

        Assert.Equal(["{} {count:7, sum:6, (1,2]:5, (2,4]:2}"], await metrics.AskAsync("sum(size)", 130));
        Assert.Equal(["{} 7"], await metrics.AskAsync("sum(histogram_count(increase(size[2m])))", 120));
    }

    private static PointRecord Delta(string name, double at, double value, double start) => Sum(name, at, value, start, Temporality.Delta);

    private static async Task<IReadOnlyList<string>> SamplesAsync(QueriedMetrics metrics, string query, double at, bool withoutStale = false) =>
    [
        .. (await metrics.AskAsync(query, at)).Select(line => string.Join(' ', line[(line.IndexOf('}', StringComparison.Ordinal) + 2)..]
            .Split(' ').Where(sample => !withoutStale || !sample.StartsWith("NaN", StringComparison.Ordinal)))),
    ];
}
