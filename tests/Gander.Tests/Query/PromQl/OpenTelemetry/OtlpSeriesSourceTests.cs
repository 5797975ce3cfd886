using Gander.Query.PromQl.OpenTelemetry;
using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;
using Gander.Telemetry;
using Gander.Tests.Stores.Metrics;

namespace Gander.Tests.Query.PromQl.OpenTelemetry;

public sealed class OtlpSeriesSourceTests
{
    private static readonly Resource Service = Some.Resource("shop", ("service.namespace", "web"), ("service.instance.id", "i-1"), ("host.name", "h1"), ("process.pid", "12"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_counter_has_its_unit_and_total_job_instance_and_promoted_attributes()
    {
        using var metrics = new QueriedMetrics();
        await metrics.WriteAsync(Sum("claude_code.active_time.total", 10, 7.5, unit: "s") with { Resource = Service, Attributes = Some.Attributes(("type", "user"), ("n", 3), ("ok", true)) });

        var answer = await metrics.AskAsync("claude_code_active_time_seconds_total", 20);

        Assert.Equal(
            ["claude_code_active_time_seconds_total{host_name=\"h1\", instance=\"i-1\", job=\"web/shop\", n=\"3\", ok=\"true\", service_name=\"shop\", type=\"user\"} 7.5"],
            answer);
    }

    [Fact]
    public async Task Keys_that_become_one_label_are_joined_and_empty_values_are_no_label()
    {
        using var metrics = new QueriedMetrics();
        await metrics.WriteAsync(Gauge("load", 10, 1) with
        {
            Resource = Some.Resource("s"),
            Attributes = Some.Attributes(("a.b", "2"), ("a-b", "1"), ("empty", ""), ("list", new AttributeValue(AttributeKind.Array, 0, """[{"stringValue":"x"},{"intValue":"2"}]"""))),
        });

        Assert.Equal(["load{a_b=\"1;2\", job=\"s\", list=\"[\"x\",2]\", service_name=\"s\"} 1".Replace("[\"x\",2]", "[\\\"x\\\",2]", StringComparison.Ordinal)], await metrics.AskAsync("load", 20));
    }

    [Fact]
    public async Task An_attribute_of_the_point_goes_before_one_of_the_resource()
    {
        using var metrics = new QueriedMetrics();
        await metrics.WriteAsync(Gauge("load", 10, 1) with { Resource = Some.Resource("s", ("team.name", "resource")), Attributes = Some.Attributes(("team.name", "point")) });

        Assert.Equal(["load{job=\"s\", service_name=\"s\", team_name=\"point\"} 1"], await metrics.AskAsync("load", 20));
    }

    [Fact]
    public async Task Scopes_become_labels_where_that_is_set()
    {
        using var metrics = new QueriedMetrics(new OtlpTranslationOptions { PromoteScope = true, PromotedResourceAttributes = [] });
        await metrics.WriteAsync(Gauge("load", 10, 1) with { Resource = Some.Resource("s"), Scope = new InstrumentationScope("lib", "1.0", Some.Attributes(("x.y", "z"))) });

        Assert.Equal(["load{job=\"s\", otel_scope_name=\"lib\", otel_scope_version=\"1.0\", otel_scope_x_y=\"z\"} 1"], await metrics.AskAsync("load", 20));
    }

    [Fact]
    public async Task The_log_text_that_goose_puts_on_counters_is_dropped()
    {
        using var metrics = new QueriedMetrics();
        await metrics.WriteAsync(Sum("goose.tool_calls", 10, 2) with { Resource = Some.Resource("goose"), Attributes = Some.Attributes(("message", "Tool call started"), ("tool_name", "shell")) });

        Assert.Equal(["goose_tool_calls_total{job=\"goose\", service_name=\"goose\", tool_name=\"shell\"} 2"], await metrics.AskAsync("goose_tool_calls_total", 20));
    }

    [Theory]
    [InlineData("goose_session_tokens", "goose_session_tokens")]
    [InlineData("goose_session_tokens_total", "goose_session_tokens_total")]
    [InlineData("{__name__=\"goose_session_tokens\"}", "goose_session_tokens")]
    [InlineData("{__name__=~\"goose_session_tokens.*\"}", "goose_session_tokens_total")]
    public async Task Tokens_of_goose_are_found_once_with_and_without_total(string query, string name)
    {
        using var metrics = new QueriedMetrics();
        await metrics.WriteAsync(Sum("goose.session_tokens", 10, 300) with { Resource = Some.Resource("goose") });

        Assert.Equal([$"{name}{{job=\"goose\", service_name=\"goose\"}} 300"], await metrics.AskAsync(query, 20));
    }

    [Fact]
    public async Task A_series_that_really_has_the_short_name_goes_before_the_one_with_total()
    {
        using var metrics = new QueriedMetrics();
        await metrics.WriteAsync(Sum("goose.session_tokens", 10, 300), Gauge("goose_session_tokens", 10, 5));

        Assert.Equal(5, await metrics.NumberAsync("goose_session_tokens", 20));
    }

    [Fact]
    public async Task Histograms_become_buckets_that_count_what_is_below_and_a_sum_and_a_count()
    {
        using var metrics = new QueriedMetrics();
        await metrics.WriteAsync(Histogram("rpc.duration", 10, new HistogramRecord(6, 12.5, null, null, [0.1, 2.5], [1, 2, 3]), unit: "s"));

        Assert.Equal(
            [
                "rpc_duration_seconds_bucket{job=\"goose\", le=\"+Inf\"} 6",
                "rpc_duration_seconds_bucket{job=\"goose\", le=\"0.1\"} 1",
                "rpc_duration_seconds_bucket{job=\"goose\", le=\"2.5\"} 3",
                "rpc_duration_seconds_count{job=\"goose\"} 6",
                "rpc_duration_seconds_sum{job=\"goose\"} 12.5",
            ],
            await metrics.AskAsync("sum by (__name__, job, le) ({__name__=~\"rpc.*\"})", 20));
    }

    [Fact]
    public async Task Bounds_that_come_later_are_found_from_then_on()
    {
        using var metrics = new QueriedMetrics();
        await metrics.WriteAsync(Histogram("h", 10, new HistogramRecord(1, 1, null, null, [1], [1, 0])));
        Assert.Equal(2, (await metrics.AskAsync("h_bucket", 20)).Count);

        await metrics.WriteAsync(Histogram("h", 30, new HistogramRecord(2, 2, null, null, [1, 5], [2, 0, 0])));

        Assert.Equal(3, (await metrics.AskAsync("h_bucket", 40)).Count);
    }

    [Fact]
    public async Task Summaries_become_quantiles_and_a_sum_and_a_count()
    {
        using var metrics = new QueriedMetrics();
        await metrics.WriteAsync(Gauge("latency", 10, 0) with { Kind = MetricKind.Summary, Unit = "ms", Summary = new SummaryRecord(4, 10, [0.5, 0.99], [2, 3.5]) });

        Assert.Equal(
            [
                "latency_milliseconds_count{} 4",
                "latency_milliseconds_sum{} 10",
                "latency_milliseconds{quantile=\"0.5\"} 2",
                "latency_milliseconds{quantile=\"0.99\"} 3.5",
            ],
            await metrics.AskAsync("sum by (__name__, quantile) ({__name__=~\"latency.*\"})", 20));
    }

    [Fact]
    public async Task Exponential_histograms_are_native_ones()
    {
        using var metrics = new QueriedMetrics();
        await metrics.WriteAsync(Gauge("size", 10, 0) with
        {
            Kind = MetricKind.ExponentialHistogram,
            Temporality = Temporality.Cumulative,
            Exponential = new ExponentialHistogramRecord(4, 9, null, null, 0, 1, 0, 0, [2, 1], 0, []),
        });

        Assert.Equal(["{} 4"], await metrics.AskAsync("sum(histogram_count(size))", 20));
        Assert.Equal(["{} {count:4, sum:9, [-1e-128,1e-128]:1, (1,2]:2, (2,4]:1}"], await metrics.AskAsync("sum(size)", 20));
    }

    [Fact]
    public async Task Target_info_has_what_else_the_resource_says()
    {
        using var metrics = new QueriedMetrics();
        await metrics.WriteAsync(Gauge("load", 10, 1) with { Resource = Service }, Gauge("load", 400, 1) with { Resource = Service });

        Assert.Equal(["target_info{host_name=\"h1\", instance=\"i-1\", job=\"web/shop\", process_pid=\"12\"} 1"], await metrics.AskAsync("target_info", 300));
        Assert.Empty(await metrics.AskAsync("target_info", 800));
    }

    [Fact]
    public async Task A_resource_that_says_only_who_it_is_has_no_target_info()
    {
        using var metrics = new QueriedMetrics();
        await metrics.WriteAsync(Gauge("load", 10, 1) with { Resource = Some.Resource("shop") });

        Assert.Empty(await metrics.AskAsync("target_info", 20));
    }

    [Fact]
    public async Task Series_from_Prometheus_are_not_translated_again()
    {
        using var metrics = new QueriedMetrics();
        await metrics.WriteAsync(Gauge("http_requests_total", 10, 5) with
        {
            Resource = Resource.Empty,
            Scope = new InstrumentationScope(PrometheusScope.Name),
            Attributes = Some.Attributes(("job", "api"), ("le", "0.5")),
        });

        Assert.Equal(["http_requests_total{job=\"api\", le=\"0.5\"} 5"], await metrics.AskAsync("http_requests_total", 20));
    }

    [Fact]
    public async Task A_point_without_a_value_ends_the_series_until_the_next()
    {
        using var metrics = new QueriedMetrics();
        await metrics.WriteAsync(Gauge("load", 10, 1), Gauge("load", 20, 0) with { Flags = 1, Value = default }, Gauge("load", 40, 3));

        Assert.Single(await metrics.AskAsync("load", 19));
        Assert.Empty(await metrics.AskAsync("load", 30));
        Assert.Equal(3, await metrics.NumberAsync("load", 40));
    }

    [Fact]
    public async Task A_series_is_stale_when_its_emitter_was_silent_for_the_time_set()
    {
        using var metrics = new QueriedMetrics(new OtlpTranslationOptions { StaleAfter = TimeSpan.FromSeconds(60) });
        await metrics.WriteAsync(Gauge("load", 10, 1), Gauge("load", 200, 2));

        Assert.Single(await metrics.AskAsync("load", 69));
        Assert.Empty(await metrics.AskAsync("load", 70));
        Assert.Single(await metrics.AskAsync("load", 259));
        Assert.Empty(await metrics.AskAsync("load", 260));
    }

    [Fact]
    public async Task The_catalogue_lists_names_values_and_series_of_the_time_asked_for()
    {
        using var metrics = new QueriedMetrics();
        await metrics.WriteAsync(
            Gauge("load", 10, 1) with { Resource = Some.Resource("a") },
            Gauge("load", 5000, 1) with { Resource = Some.Resource("b") },
            Sum("goose.session_tokens", 10, 1) with { Resource = Some.Resource("a") });
        var (first, last) = (QueriedMetrics.Millis(0), QueriedMetrics.Millis(100));

        Assert.Equal(["a"], await metrics.Source.ListLabelValuesAsync("job", [], first, last, 10, Cancel));
        Assert.Equal(["a", "b"], await metrics.Source.ListLabelValuesAsync("job", [], first, QueriedMetrics.Millis(6000), 10, Cancel));
        Assert.Equal(["a"], await metrics.Source.ListLabelValuesAsync("job", [], first, QueriedMetrics.Millis(6000), 1, Cancel));
        Assert.Equal(["__name__", "job", "service_name"], await metrics.Source.ListLabelNamesAsync([], first, last, 10, Cancel));
        Assert.Equal(["goose_session_tokens_total", "load"], await metrics.Source.ListLabelValuesAsync("__name__", [], first, last, 10, Cancel));
        Assert.Equal(
            ["goose_session_tokens{job=\"a\", service_name=\"a\"}", "load{job=\"a\", service_name=\"a\"}"],
            (await metrics.Source.FindAsync([Selector("goose_session_tokens"), Selector("load")], first, last, 10, Cancel)).Select(labels => labels.ToString()));
    }

    [Fact]
    public async Task Metrics_are_listed_by_their_family_with_type_unit_and_help()
    {
        using var metrics = new QueriedMetrics();
        await metrics.WriteAsync(
            Sum("goose.tool_calls", 10, 1) with { Description = "Tools called" },
            Histogram("rpc.duration", 10, new HistogramRecord(1, 1, null, null, [1], [1, 0]), unit: "ms"),
            Gauge("http_requests_total", 10, 5) with { Scope = new InstrumentationScope(PrometheusScope.Name), Resource = Resource.Empty, Description = new PrometheusMetadata("counter", "", "Requests").ToString() });

        Assert.Equal(
            [
                new MetricFacts("goose_tool_calls_total", "counter", "Tools called", "", 1),
                new MetricFacts("http_requests_total", "counter", "Requests", "", 1),
                new MetricFacts("rpc_duration_milliseconds", "histogram", "", "milliseconds", 4),
                new MetricFacts("target_info", "gauge", "Target metadata", "", 1),
            ],
            await metrics.Source.ListMetricsAsync(null, 10, Cancel));
        Assert.Single(await metrics.Source.ListMetricsAsync("http_requests_total", 10, Cancel));
    }

    [Fact]
    public async Task Exemplars_stand_on_the_bucket_that_holds_their_value()
    {
        using var metrics = new QueriedMetrics();
        await metrics.WriteAsync(Histogram("h", 10, new HistogramRecord(2, 4, null, null, [1, 5], [1, 1, 0])) with
        {
            Exemplars = [new ExemplarRecord(QueriedMetrics.Nanos(9), AttributeValue.Of(3.0), Some.TraceId(7), default, Some.Attributes(("user", "u")))],
        });

        var found = await metrics.Source.ReadExemplarsAsync([Selector("h_bucket")], QueriedMetrics.Millis(0), QueriedMetrics.Millis(100), 10, Cancel);

        var series = Assert.Single(found);
        Assert.Equal("5", series.SeriesLabels["le"]);
        var exemplar = Assert.Single(series.Exemplars);
        Assert.Equal((3.0, QueriedMetrics.Millis(9), Some.TraceId(7).ToString(), "u"), (exemplar.Value, exemplar.TimeMillis, exemplar.Labels["trace_id"], exemplar.Labels["user"]));
    }

    [Fact]
    public async Task Cardinality_counts_series_names_and_pairs()
    {
        using var metrics = new QueriedMetrics();
        await metrics.WriteAsync(
            Gauge("load", 10, 1) with { Resource = Resource.Empty, Attributes = Some.Attributes(("cpu", "0")) },
            Gauge("load", 10, 1) with { Resource = Resource.Empty, Attributes = Some.Attributes(("cpu", "1")) });

        var report = await metrics.Source.ReadCardinalityAsync(1, Cancel);

        Assert.Equal((2, 3, 2, QueriedMetrics.Millis(10), QueriedMetrics.Millis(10)), (report.SeriesCount, report.LabelPairCount, report.ActiveSeriesCount, report.MinTimeMillis, report.MaxTimeMillis));
        Assert.Equal([new NamedCount("load", 2)], report.SeriesByMetric);
        Assert.Equal([new NamedCount("cpu", 2)], report.ValuesByLabel);
        Assert.Equal([new NamedCount("__name__", 4)], report.BytesByLabel);
        Assert.Equal([new NamedCount("__name__=load", 2)], report.SeriesByPair);
    }

    internal static PointRecord Gauge(string name, double at, double value) => new()
    {
        Name = name,
        Kind = MetricKind.Gauge,
        Temporality = Temporality.Unspecified,
        IsMonotonic = false,
        TimeNanos = QueriedMetrics.Nanos(at),
        Value = AttributeValue.Of(value),
    };

    internal static PointRecord Sum(string name, double at, double value, double? start = null, Temporality temporality = Temporality.Cumulative, string unit = "") => new()
    {
        Name = name,
        Unit = unit,
        Temporality = temporality,
        StartNanos = start is { } seconds ? QueriedMetrics.Nanos(seconds) : 0,
        TimeNanos = QueriedMetrics.Nanos(at),
        Value = AttributeValue.Of(value),
    };

    internal static PointRecord Histogram(string name, double at, HistogramRecord histogram, string unit = "", double? start = null, Temporality temporality = Temporality.Cumulative) => new()
    {
        Name = name,
        Unit = unit,
        Kind = MetricKind.Histogram,
        Temporality = temporality,
        IsMonotonic = false,
        StartNanos = start is { } seconds ? QueriedMetrics.Nanos(seconds) : 0,
        TimeNanos = QueriedMetrics.Nanos(at),
        Value = default,
        Histogram = histogram,
    };

    private static IReadOnlyList<LabelMatcher> Selector(string name) => [new LabelMatcher(Labels.MetricName, MatchOperator.Equal, name)];
}
