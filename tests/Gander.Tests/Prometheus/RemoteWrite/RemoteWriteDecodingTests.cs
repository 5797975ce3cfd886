using Gander.Otlp;
using Gander.Prometheus.RemoteWrite;
using Gander.Stores;
using Gander.Telemetry;
using Gander.Tests.Otlp;
using Gander.Tests.Stores.Metrics;
using Microsoft.Extensions.Options;
using static Gander.Tests.Prometheus.RemoteWrite.WriteRequests;

namespace Gander.Tests.Prometheus.RemoteWrite;

/// <summary>What becomes of the bytes of a remote write request.</summary>
public sealed class RemoteWriteDecodingTests
{
    private static readonly string[] Up = ["__name__=up", "instance=a:1", "job=demo"];

    private readonly RemoteWriteMetadata _metadata = new(Options.Create(new RemoteWriteOptions()));

    [Fact]
    public void A_series_becomes_points_with_its_labels_as_attributes()
    {
        var (points, counts) = Decode(One(Series(Up, (1, Noon), (0.5, Noon + 15_000))));

        Assert.Equal((2, 0, 0, 0), (counts.Samples, counts.Histograms, counts.Exemplars, counts.Rejections.Count));
        Assert.Equal([(Noon * 1_000_000, 1.0), ((Noon + 15_000) * 1_000_000, 0.5)], points.Select(point => (point.TimeNanos, point.Value.Double)));
        Assert.All(points, point =>
        {
            Assert.Equal(("up", MetricKind.Gauge, PrometheusScope.Name, Resource.Empty.Id), (point.Name, point.Kind, point.Scope.Name, point.Resource.Id));
            Assert.Equal("instance=a:1 job=demo", Labels(point));
        });
    }

    [Fact]
    public void Metrics_are_shared_by_series_of_the_same_name()
    {
        var series = Enumerable.Range(0, 2_000).Select(i => Series([$"__name__=m{i % 700}", $"i={i}"], (i, Noon))).ToArray();

        using var batch = new MetricBatch();
        Decode(batch, One(series));

        Assert.Equal((700, 2_000), (batch.Metrics.Count, batch.Count));
        Assert.All(Enumerable.Range(0, 2_000), i => Assert.Equal($"m{i % 700}", batch.Text.ToString(batch.Metrics[batch.Points[i].Metric].Name)));
    }

    [Fact]
    public void A_staleness_marker_keeps_its_bits()
    {
        var (points, _) = Decode(One(Series(Up, (BitConverter.Int64BitsToDouble(SampleBuffer.StaleBits), Noon))));

        Assert.Equal(SampleBuffer.StaleBits, points.Single().SampleBits);
    }

    [Fact]
    public void Labels_in_any_order_and_empty_ones_are_understood()
    {
        var (points, counts) = Decode(One(Series(["job=demo", "empty=", "__name__=up", "a=b"], (1, Noon))));

        Assert.Equal(0, counts.Rejections.Count);
        Assert.Equal(("up", "a=b job=demo"), (points.Single().Name, Labels(points.Single())));
    }

    [Theory]
    [InlineData(WriteRules.NameMissing, "job=demo")]
    [InlineData(WriteRules.NameMissing, "__name__=", "job=demo")]
    [InlineData(WriteRules.LabelEmpty, "=x", "__name__=up")]
    [InlineData(WriteRules.LabelTwice, "__name__=up", "a=1", "a=2")]
    [InlineData(WriteRules.LabelTwice, "__name__=up", "b=1", "a=2", "b=1")]
    [InlineData(WriteRules.LabelTwice, "b=1", "__name__=up", "c=1", "__name__=up")]
    [InlineData(WriteRules.TooManyLabels, "__name__=up", "a=1", "b=1", "c=1", "d=1", "e=1")]
    public void A_series_with_wrong_labels_is_refused_and_the_others_are_kept(string reason, params string[] labels)
    {
        var (points, counts) = Decode(One(Series(labels, (1, Noon), (2, Noon)), Series(Up, (3, Noon))), maxLabels: 4);

        Assert.Equal(3, points.Single().Value.Double);
        Assert.Equal(2, counts.Rejections.Count);
        Assert.Contains(reason, counts.Rejections.Describe("samples"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_that_is_no_text_is_refused()
    {
        var series = new Wire().Message(1, new Wire().Text(1, "__name__").Field(2, [0xff, 0xfe])).Message(2, Sample(1, Noon));

        Assert.Contains(WriteRules.NotText, Decode(One(series)).Counts.Rejections.Describe("samples"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(Noon + (3 * 86_400_000))]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void A_sample_out_of_time_is_refused(long millis) =>
        Assert.Contains(WriteRules.TimeOutOfRange, Decode(One(Series(Up, (1, millis)))).Counts.Rejections.Describe("samples"), StringComparison.Ordinal);

    [Fact]
    public void A_sample_may_be_as_old_as_time_itself() => Assert.Equal(0, Decode(One(Series(Up, (1, 0)))).Points.Single().TimeNanos);

    [Fact]
    public void Version_two_reads_labels_metadata_and_the_created_time()
    {
        var symbols = new SymbolTable();
        var series = symbols.Labels("__name__=http_requests_total", "job=demo")
            .Message(2, Sample(7, Noon))
            .Message(5, new Wire().Varint(1, 1).Varint(3, symbols["Requests, all of them."]).Varint(4, symbols["requests"]))
            .Varint(6, (ulong)Noon - 60_000);

        var (points, _) = Decode(symbols.Request(series), RemoteWriteVersion.Two);

        var point = points.Single();
        Assert.Equal(("http_requests_total", "job=demo", 7.0, (Noon - 60_000) * 1_000_000), (point.Name, Labels(point), point.Value.Double, point.StartNanos));
        Assert.True(PrometheusMetadata.TryParse(point.Description, out var metadata));
        Assert.Equal(new PrometheusMetadata("counter", "requests", "Requests, all of them."), metadata);
    }

    [Fact]
    public void Version_two_refuses_references_to_no_symbol()
    {
        var series = new Wire().Packed(1, [0, 77], isFixed: false).Message(2, Sample(1, Noon));

        Assert.Contains(
            WriteRules.SymbolMissing, Decode(new SymbolTable().Request(series), RemoteWriteVersion.Two).Counts.Rejections.Describe("samples"), StringComparison.Ordinal);
    }

    [Fact]
    public void Metadata_of_version_one_describes_samples_that_come_later()
    {
        Decode(new Wire().Message(3, new Wire().Varint(1, 3).Text(2, "rpc_seconds").Text(4, "How long.").Text(5, "seconds")).Bytes);

        var (points, _) = Decode(One(Series(["__name__=rpc_seconds_bucket", "le=1"], (1, Noon)), Series(["__name__=other"], (1, Noon))));

        Assert.Equal(["histogram\nseconds\nHow long.", ""], points.Select(point => point.Description));
        Assert.True(PrometheusMetadata.TryParse(points[0].Description, out var metadata));
        Assert.Equal("rpc_seconds", metadata.FamilyOf(points[0].Name));
    }

    [Fact]
    public void Exemplars_come_on_points_of_their_own_with_trace_and_span()
    {
        var exemplar = WriteRequests.Labels(new Wire(), "span_id=00000000000000ab", "trace_id=000000000000000000000000000000cd", "user=ann").Double(2, 0.3).Varint(3, (ulong)Noon);

        var (points, counts) = Decode(One(Series(Up, (1, Noon)).Message(3, exemplar)));

        Assert.Equal((1, 1), (counts.Samples, counts.Exemplars));
        var carrier = points.Single(point => point.Kind == MetricKind.Summary);
        Assert.Equal(("up", "instance=a:1 job=demo"), (carrier.Name, Labels(carrier)));
        var kept = carrier.Exemplars.Single();
        Assert.Contains("cd", kept.Describe(), StringComparison.Ordinal);
        Assert.Contains("ann", kept.Describe(), StringComparison.Ordinal);
        Assert.DoesNotContain("trace_id", kept.Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_native_histogram_is_kept_with_its_gaps_filled()
    {
        // Buckets 2, 3 and 6 hold 4, 5 and 3; bucket -1 of the negative ones holds 2.
        var histogram = new Wire().Varint(1, 16).Double(3, 42.5).Varint(4, ZigZag(3)).Double(5, 0.001).Varint(6, 2)
            .Message(8, Span(-1, 1)).Packed(9, [ZigZag(2)], isFixed: false)
            .Message(11, Span(2, 2)).Message(11, Span(2, 1)).Packed(12, [ZigZag(4), ZigZag(1), ZigZag(-2)], isFixed: false)
            .Varint(15, (ulong)Noon);

        var (points, counts) = Decode(One(Series(Up).Message(4, histogram)));

        Assert.Equal(1, counts.Histograms);
        var point = points.Single();
        Assert.Equal((MetricKind.ExponentialHistogram, Temporality.Cumulative, Noon * 1_000_000), (point.Kind, point.Temporality, point.TimeNanos));
        var kept = point.Exponential!;
        Assert.Equal((16UL, 42.5, 3, 2UL, 0.001), (kept.Count, kept.Sum, kept.Scale, kept.ZeroCount, kept.ZeroThreshold));
        Assert.Equal((1, -2), (kept.PositiveOffset, kept.NegativeOffset));
        Assert.Equal([4UL, 5, 0, 0, 3], kept.Positive);
        Assert.Equal([2UL], kept.Negative);
    }

    [Fact]
    public void A_histogram_with_custom_bounds_is_one_with_explicit_bounds()
    {
        var histogram = new Wire().Double(2, 7).Double(3, 20).Varint(4, ZigZag(-53)).Message(11, Span(1, 2))
            .Packed(13, Doubles(3, 4), isFixed: true)
            .Varint(14, 3).Varint(15, (ulong)Noon).Packed(16, Doubles(1, 5, 10), isFixed: true);

        var (points, _) = Decode(One(Series(Up).Message(4, histogram)));

        var point = points.Single();
        Assert.Equal((MetricKind.Histogram, Temporality.Unspecified), (point.Kind, point.Temporality));
        Assert.Equal([1, 5, 10], point.Histogram!.Bounds);
        Assert.Equal([0UL, 3, 4, 0], point.Histogram.Buckets);
    }

    [Theory]
    [InlineData(WriteRules.CountsNotWhole, 2.5, 3, 0, 1)]
    [InlineData(WriteRules.SchemaUnknown, 2, 40, 0, 1)]
    [InlineData(WriteRules.BucketsWrong, 2, 3, 0, 2)]
    [InlineData(WriteRules.BucketsWrong, 2, 3, int.MinValue, 1)]
    public void A_histogram_that_cannot_be_kept_is_refused(string reason, double count, int schema, int offset, int length)
    {
        var histogram = new Wire().Double(2, count).Varint(4, ZigZag(schema)).Message(11, Span(offset, length))
            .Packed(13, [BitConverter.DoubleToUInt64Bits(1)], isFixed: true).Varint(15, (ulong)Noon);

        var (points, counts) = Decode(One(Series(Up, (1, Noon)).Message(4, histogram)));

        Assert.Single(points);
        Assert.Contains(reason, counts.Rejections.Describe("samples"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_gap_of_billions_of_buckets_costs_nothing()
    {
        var histogram = new Wire().Varint(1, 2).Varint(4, ZigZag(0)).Message(11, Span(0, 1)).Message(11, Span(int.MaxValue, 1))
            .Packed(12, [ZigZag(1), ZigZag(0)], isFixed: false).Varint(15, (ulong)Noon);

        Assert.Contains(WriteRules.BucketsWrong, Decode(One(Series(Up).Message(4, histogram))).Counts.Rejections.Describe("samples"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stale_histogram_says_that_nothing_was_recorded()
    {
        var histogram = new Wire().Fixed64(3, SampleBuffer.StaleBits, evenIfZero: true).Varint(15, (ulong)Noon);

        var point = Decode(One(Series(Up).Message(4, histogram))).Points.Single();

        Assert.Equal((MetricKind.ExponentialHistogram, 1U, null), (point.Kind, point.Flags, point.Exponential));
    }

    [Fact]
    public void Any_bytes_either_decode_or_are_refused_with_a_sentence()
    {
        var symbols = new SymbolTable();
        var whole = symbols.Request(symbols.Labels("__name__=up", "job=demo").Message(2, Sample(1, Noon)));
        var random = new Random(7);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = whole.ToArray();
            for (var change = 0; change < 1 + (round % 4); change++)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            try
            {
                Decode(bytes[..random.Next(bytes.Length + 1)], round % 2 == 0 ? RemoteWriteVersion.One : RemoteWriteVersion.Two);
            }
            catch (OtlpDecodeException)
            {
                // The one way to refuse a body.
            }
        }
    }

    private static IEnumerable<ulong> Doubles(params double[] values) => values.Select(BitConverter.DoubleToUInt64Bits);

    private static string Labels(PointRecord point) =>
        string.Join(' ', point.Attributes.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value.Text}"));

    private (IReadOnlyList<PointRecord> Points, WriteCounts Counts) Decode(byte[] body, RemoteWriteVersion version = RemoteWriteVersion.One, int maxLabels = 64)
    {
        using var batch = new MetricBatch();
        var counts = Decode(batch, body, version, maxLabels);
        return (PointRecord.ReadAll(batch), counts);
    }

    private WriteCounts Decode(MetricBatch batch, byte[] body, RemoteWriteVersion version = RemoteWriteVersion.One, int maxLabels = 64)
    {
        batch.Text.Add(body.AsSpan());
        var context = new WriteContext(batch, new WriteScratch(), _metadata, maxLabels, Noon * 1_000_000);
        RemoteWriteDecoder.Decode(version, context);
        return context.Counts;
    }
}
