using Gander.Ingest.Derived;
using Gander.Ingest.Derived.Spans;
using Gander.Telemetry;
using Gander.Tests.Stores.Metrics;

namespace Gander.Tests.Ingest.Derived.Spans;

/// <summary>What is counted of spans.</summary>
public sealed class SpanMetricsTests
{
    private const string Calls = "traces.span.metrics.calls";
    private const string Duration = "traces.span.metrics.duration";
    private const long Start = 1_773_144_000_000_000_000;

    private long _now = Start;

    [Fact]
    public void A_span_is_counted_under_both_ways_to_write_its_labels()
    {
        var metrics = new SpanMetrics(new SpanMetricsOptions());
        metrics.Add(Some.SpanBatch(Some.Span(
            "stream_response_from_provider",
            attributes: [("gen_ai.request.model", "gpt-4o"), ("gen_ai.provider.name", "openai"), ("gen_ai.tool.name", "shell"), ("gen_ai.conversation.id", "1"), ("input", "secret")])));

        var points = Round(metrics);

        Assert.Equal([Calls, Duration], points.Select(point => point.Name));
        Assert.All(points, point => Assert.Equal(
            "ServiceName=goose SpanName=stream_response_from_provider gen_ai.provider.name=openai gen_ai.request.model=gpt-4o gen_ai.tool.name=shell "
            + "service.name=goose span.kind=SPAN_KIND_INTERNAL span.name=stream_response_from_provider status.code=STATUS_CODE_UNSET",
            DerivedPoints.Labels(point)));
        Assert.Equal((MetricKind.Sum, Temporality.Cumulative, true, ""), (points[0].Kind, points[0].Temporality, points[0].IsMonotonic, points[0].Unit));
        Assert.Equal((MetricKind.Histogram, Temporality.Cumulative, "ms"), (points[1].Kind, points[1].Temporality, points[1].Unit));
    }

    [Fact]
    public void Durations_fall_into_the_buckets_of_the_connector()
    {
        var metrics = new SpanMetrics(new SpanMetricsOptions());
        metrics.Add(Some.SpanBatch(new[] { 0L, 2_000_000, 2_000_001, 49_000_000, 15_000_000_000, 16_000_000_000 }.Select(nanos => Some.Span(durationNanos: nanos))));

        var histogram = Round(metrics).Single(point => point.Name == Duration).Histogram!;

        Assert.Equal([2, 4, 6, 8, 10, 50, 100, 200, 400, 800, 1_000, 1_400, 2_000, 5_000, 10_000, 15_000], histogram.Bounds);
        Assert.Equal([2UL, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1], histogram.Buckets);
        Assert.Equal((6UL, 31_053.000001), (histogram.Count, histogram.Sum));
    }

    [Fact]
    public void Unit_and_buckets_are_as_configured()
    {
        var metrics = new SpanMetrics(new SpanMetricsOptions { Unit = SpanMetricsUnit.Seconds, Buckets = ["0.5", "1"] });
        metrics.Add(Some.SpanBatch(Some.Span(durationNanos: 750_000_000)));

        var point = Round(metrics).Single(point => point.Name == Duration);

        Assert.Equal("s", point.Unit);
        Assert.Equal([0UL, 1, 0], point.Histogram!.Buckets);
        Assert.Equal(0.002, new SpanMetricsOptions { Unit = SpanMetricsUnit.Seconds }.Bounds()[0]);
    }

    [Fact]
    public void Counters_grow_from_the_round_before_the_first_span()
    {
        var metrics = new SpanMetrics(new SpanMetricsOptions());
        Round(metrics);
        var before = _now;
        metrics.Add(Some.SpanBatch(Some.Span(), Some.Span()));
        var first = Round(metrics);
        metrics.Add(Some.SpanBatch(Some.Span()));
        var second = Round(metrics);

        Assert.Equal([(before, 2L), (before, 3L)], first.Concat(second).Where(point => point.Name == Calls).Select(point => (point.StartNanos, point.Value.Bits)));
        Assert.Equal(_now, second[0].TimeNanos);
    }

    [Fact]
    public void A_bucket_remembers_its_latest_span_until_it_is_written()
    {
        var metrics = new SpanMetrics(new SpanMetricsOptions());
        metrics.Add(Some.SpanBatch(
            Some.Span(durationNanos: 1_000_000, trace: 1), Some.Span(durationNanos: 1_000_000, trace: 2), Some.Span(durationNanos: 60_000_000, trace: 3)));

        var exemplars = Round(metrics).Single(point => point.Name == Duration).Exemplars;
        metrics.Add(Some.SpanBatch(Some.Span(durationNanos: 60_000_000, trace: 4)));
        var next = Round(metrics).Single(point => point.Name == Duration).Exemplars;

        Assert.Equal([(Some.TraceId(2), 1.0), (Some.TraceId(3), 60.0)], exemplars.Select(exemplar => (exemplar.TraceId, exemplar.Value.Double)));
        Assert.Equal([Some.TraceId(4)], next.Select(exemplar => exemplar.TraceId));
    }

    [Fact]
    public void Label_sets_above_the_limit_are_counted_together()
    {
        var metrics = new SpanMetrics(new SpanMetricsOptions { MaxSeries = 2 });
        metrics.Add(Some.SpanBatch(Enumerable.Range(0, 10).Select(i => Some.Span($"span {i % 5}"))));

        var points = Round(metrics).Where(point => point.Name == Calls).ToList();

        Assert.Equal(10, points.Sum(point => point.Value.Bits));
        Assert.Equal(3, points.Count);
        Assert.Equal(("otel.metric.overflow=1", 6), (DerivedPoints.Labels(points[^1]), points[^1].Value.Bits));
    }

    [Fact]
    public void An_idle_series_is_repeated_for_a_while_and_then_begins_anew()
    {
        var metrics = new SpanMetrics(new SpanMetricsOptions { IdleMinutes = 5 });
        metrics.Add(Some.SpanBatch(Some.Span()));
        Round(metrics);

        var repeats = Enumerable.Range(0, 40).Sum(_ => Round(metrics).Count(point => point.Name == Calls));
        Assert.Equal((5, 0), (repeats, metrics.Count));

        var before = _now;
        metrics.Add(Some.SpanBatch(Some.Span()));
        Assert.Equal((before, 1L), Round(metrics).Where(point => point.Name == Calls).Select(point => (point.StartNanos, point.Value.Bits)).Single());
    }

    [Fact]
    public void A_dimension_is_taken_from_the_span_then_from_its_resource_and_left_out_otherwise()
    {
        var metrics = new SpanMetrics(new SpanMetricsOptions { Dimensions = ["host.name", "count", "ok", "half"] });
        metrics.Add(Some.SpanBatch(
            Some.Span("a", attributes: [("count", 7L), ("ok", true), ("half", 0.5)]),
            Some.Span("b", attributes: [("host.name", "other"), ("count", new string('9', 300))])));

        var labels = Round(metrics).Where(point => point.Name == Calls).Select(DerivedPoints.Labels).ToList();

        Assert.Contains("SpanName=a count=7 half=0.5 host.name=demo-host ok=true", labels[0], StringComparison.Ordinal);
        Assert.Contains("SpanName=b host.name=other service.name", labels[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_dimension_that_is_a_label_anyway_comes_once()
    {
        var metrics = new SpanMetrics(new SpanMetricsOptions { Dimensions = ["service.name", "host.name", "host.name", "span.kind"] });
        metrics.Add(Some.SpanBatch(Some.Span()));

        var keys = Round(metrics)[0].Attributes.Select(label => label.Key).ToList();

        Assert.Equal(keys.Distinct(), keys);
    }

    [Fact]
    public void A_long_span_name_is_cut_between_two_characters()
    {
        var metrics = new SpanMetrics(new SpanMetricsOptions());
        metrics.Add(Some.SpanBatch(Some.Span("x" + new string('é', 200)), Some.Span("x" + new string('é', 300))));

        var point = Round(metrics).Single(point => point.Name == Calls);

        Assert.Equal("x" + new string('é', 127), point.Attributes.Single(label => label.Key == "SpanName").Value.Text);
    }

    [Fact]
    public void Points_that_could_not_be_stored_are_due_again()
    {
        var metrics = new SpanMetrics(new SpanMetricsOptions());
        metrics.Add(Some.SpanBatch(Some.Span()));
        Round(metrics);
        metrics.Failed();

        Assert.Single(Round(metrics), point => point.Name == Calls);
    }

    [Fact]
    public void Spans_like_earlier_ones_cost_no_memory()
    {
        var metrics = new SpanMetrics(new SpanMetricsOptions());
        using var batch = Some.SpanBatch(Enumerable.Range(0, 1_000).Select(i => Some.Span($"span {i % 20}", attributes: [("gen_ai.request.model", $"m{i % 3}")])));
        metrics.Add(batch);

        var before = GC.GetAllocatedBytesForCurrentThread();
        metrics.Add(batch);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData("dimensions", "output")]
    [InlineData("dimensions", "")]
    [InlineData("buckets", "2,1")]
    [InlineData("buckets", "x")]
    public void Settings_that_make_no_sense_are_refused(string name, string value)
    {
        var options = new SpanMetricsOptions();
        if (name == "dimensions")
        {
            options.Dimensions = [value];
        }
        else
        {
            options.Buckets = value.Split(',');
        }

        Assert.NotEmpty(options.Validate(new System.ComponentModel.DataAnnotations.ValidationContext(options)));
        Assert.Empty(new SpanMetricsOptions().Validate(new System.ComponentModel.DataAnnotations.ValidationContext(options)));
    }

    private IReadOnlyList<PointRecord> Round(SpanMetrics metrics)
    {
        using var points = new MetricBatch();
        var previous = _now;
        _now += 15_000_000_000;
        metrics.Close(points, new DerivedMoment(1, previous, _now));
        return PointRecord.ReadAll(points);
    }
}
