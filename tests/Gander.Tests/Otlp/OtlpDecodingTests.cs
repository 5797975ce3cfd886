using System.Text;
using Gander.Otlp;
using Gander.Telemetry;
using Gander.Tests.Stores;

namespace Gander.Tests.Otlp;

public sealed class OtlpDecodingTests
{
    private static readonly ulong Noon = (ulong)Some.Instant("2026-11-20T12:00Z");

    [Fact]
    public void Invalid_utf8_is_replaced()
    {
        byte[] cut = [.. "caf"u8, 0xc3];
        var body = Logs(new Wire().Field(3, cut).Message(5, new Wire().Field(1, cut)).Message(6, new Wire().Field(1, cut).Message(2, new Wire().Field(1, cut))));

        using var batch = Decoding.Logs(body);

        var log = LogRecord.Read(batch, 0);
        Assert.Equal(("caf\ufffd", "caf\ufffd"), (log.SeverityText, log.Body));
        Assert.Equal(("caf\ufffd", "caf\ufffd"), (log.Attributes[0].Key, log.Attributes[0].Value.Text));
    }

    [Fact]
    public void Half_a_surrogate_pair_in_json_is_replaced_and_a_whole_one_kept()
    {
        var json = """{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"cut \ud83d"},"severityText":"whole \ud83d\ude00 \u00e9\n\/"}]}]}]}"""u8;

        using var batch = Decoding.Logs(json, isJson: true);

        var log = LogRecord.Read(batch, 0);
        Assert.Equal(("cut \ufffd", "whole 😀 é\n/"), (log.Body, log.SeverityText));
    }

    [Fact]
    public void Of_a_key_that_comes_twice_the_last_value_counts_and_is_the_only_one()
    {
        var record = new Wire()
            .Message(6, AnyTree.KeyValue("a", new AnyTree.Text("1")))
            .Message(6, AnyTree.KeyValue("b", new AnyTree.Whole(2)))
            .Message(6, AnyTree.KeyValue("a", new AnyTree.Text("3")));

        using var batch = Decoding.Logs(Logs(record));

        Assert.Equal(2, batch.AttributeRanges[0].Count);
        Assert.Equal("{a=String:0:3, b=Int:2:}", PlainAttributes.Describe(LogRecord.Read(batch, 0).Attributes));
    }

    [Fact]
    public void Attributes_scattered_between_events_belong_to_their_span()
    {
        var span = new Wire()
            .Field(1, GenTelemetry.Bytes(Some.TraceId())).Field(2, GenTelemetry.Bytes(Some.SpanId())).Fixed64(7, Noon).Fixed64(8, Noon)
            .Message(9, AnyTree.KeyValue("a", new AnyTree.Whole(1)))
            .Message(11, new Wire().Text(2, "e").Message(3, AnyTree.KeyValue("in", new AnyTree.Whole(2))))
            .Message(9, AnyTree.KeyValue("b", new AnyTree.Whole(3)));

        using var batch = Decoding.Spans(new Wire().Message(1, new Wire().Message(2, new Wire().Message(2, span))).Bytes);

        var read = SpanRecord.Read(batch, 0);
        Assert.Equal("{a=Int:1:, b=Int:3:}", PlainAttributes.Describe(read.Attributes));
        Assert.Equal("{in=Int:2:}", PlainAttributes.Describe(read.Events[0].Attributes));
    }

    [Fact]
    public void Unknown_fields_of_every_wire_type_are_passed_over()
    {
        var record = new Wire()
            .Varint(100, 5).Fixed64(101, 6).Field(102, "x"u8).Fixed32(103, 7)
            .Message(5, new AnyTree.Text("kept").Encode());

        using var batch = Decoding.Logs(Logs(record));

        Assert.Equal("kept", LogRecord.Read(batch, 0).Body);
    }

    [Fact]
    public void A_token_lends_its_user_and_team_to_resources_that_have_none()
    {
        var identity = new EmitterIdentity("ada", "core");
        var own = new Wire().Message(1, new Wire().Message(1, AnyTree.KeyValue("user.name", new AnyTree.Text("grace")))).Message(2, Records(new Wire()));
        var none = new Wire().Message(2, Records(new Wire()));

        using var batch = Decoding.Logs(new Wire().Message(1, own).Message(1, none).Bytes, context: Decoding.Context(identity: identity));

        Assert.Equal([("grace", "core"), ("ada", "core")], batch.Resources.Select(resource => (resource.Text("user.name"), resource.Text("team.name"))));
    }

    [Fact]
    public void A_resource_that_was_sent_before_is_the_same_object()
    {
        var cache = new ResourceCache();
        var body = TransportCases.Traces();

        using var first = Decoding.Spans(body, context: new DecodeContext(new DecodeLimits(), cache, default, Decoding.Now));
        using var second = Decoding.Spans(body, context: new DecodeContext(new DecodeLimits(), cache, default, Decoding.Now));
        using var other = Decoding.Spans(body, context: new DecodeContext(new DecodeLimits(), cache, new EmitterIdentity("ada", null), Decoding.Now));

        Assert.Same(first.Resources[0], second.Resources[0]);
        Assert.Same(first.Scopes[0], second.Scopes[0]);
        Assert.NotEqual(first.Resources[0].Id, other.Resources[0].Id);
    }

    [Fact]
    public void The_cache_of_resources_is_bounded()
    {
        var cache = new ResourceCache(maxEntries: 10);
        for (var i = 0; i < 100; i++)
        {
            var resource = new Wire().Message(1, new Wire().Message(1, AnyTree.KeyValue("service.name", new AnyTree.Text($"s{i}")))).Message(2, Records(new Wire()));
            Decoding.Logs(new Wire().Message(1, resource).Bytes, context: new DecodeContext(new DecodeLimits(), cache, default, Decoding.Now)).Dispose();
        }

        Assert.InRange(cache.Count, 1, 20);
    }

    [Theory]
    [InlineData("trace", "trace id")]
    [InlineData("span", "span id")]
    [InlineData("parent", "parent span id")]
    [InlineData("start", "start time")]
    [InlineData("future", "future")]
    public void A_span_that_breaks_a_rule_is_refused_alone(string rule, string reason)
    {
        var far = (ulong)Some.Instant("2027-11-20T12:00Z");
        var bad = new Wire()
            .Field(1, rule == "trace" ? new byte[15] : GenTelemetry.Bytes(Some.TraceId()))
            .Field(2, rule == "span" ? new byte[8] : GenTelemetry.Bytes(Some.SpanId()))
            .Field(4, rule == "parent" ? [1, 2, 3] : [])
            .Fixed64(7, rule switch { "start" => 0, "future" => far, _ => Noon })
            .Message(9, AnyTree.KeyValue("a", new AnyTree.Whole(1)));
        var good = new Wire().Field(1, GenTelemetry.Bytes(Some.TraceId())).Field(2, GenTelemetry.Bytes(Some.SpanId())).Fixed64(7, Noon);
        var context = Decoding.Context();

        using var batch = Decoding.Spans(new Wire().Message(1, new Wire().Message(2, new Wire().Message(2, good).Message(2, bad).Message(2, good))).Bytes, context: context);

        Assert.Equal((2, 1, 0), (batch.Count, context.Rejected, batch.Attributes.Count));
        Assert.StartsWith("1 spans were refused: ", context.DescribeRejections(Signal.Traces), StringComparison.Ordinal);
        Assert.Contains(reason, context.DescribeRejections(Signal.Traces), StringComparison.Ordinal);
        Assert.EndsWith("(1, the first is number 2)", context.DescribeRejections(Signal.Traces), StringComparison.Ordinal);
    }

    [Fact]
    public void A_span_that_ends_before_it_starts_lasts_no_time()
    {
        var span = new Wire().Field(1, GenTelemetry.Bytes(Some.TraceId())).Field(2, GenTelemetry.Bytes(Some.SpanId())).Fixed64(7, Noon).Fixed64(8, Noon - 5);

        using var batch = Decoding.Spans(new Wire().Message(1, new Wire().Message(2, new Wire().Message(2, span))).Bytes);

        Assert.Equal(batch.StartNanos[0], batch.EndNanos[0]);
    }

    [Fact]
    public void A_link_to_nowhere_counts_as_dropped()
    {
        var span = new Wire()
            .Field(1, GenTelemetry.Bytes(Some.TraceId())).Field(2, GenTelemetry.Bytes(Some.SpanId())).Fixed64(7, Noon)
            .Message(13, new Wire().Field(1, new byte[16]));

        using var batch = Decoding.Spans(new Wire().Message(1, new Wire().Message(2, new Wire().Message(2, span))).Bytes);

        Assert.Equal((1, 0, 1U), (batch.Count, batch.LinkRanges[0].Count, batch.DroppedLinks[0]));
    }

    [Fact]
    public void A_log_without_any_time_gets_the_receivers_and_one_that_was_observed_keeps_its_own()
    {
        using var batch = Decoding.Logs(new Wire().Message(1, new Wire().Message(2, Records(new Wire(), new Wire().Fixed64(11, Noon)))).Bytes);

        Assert.Equal([(0, Decoding.Now), (0, (long)Noon)], Enumerable.Range(0, 2).Select(row => (batch.TimeNanos[row], batch.ObservedNanos[row])));
    }

    [Theory]
    [InlineData("{\"name\":\"h\",\"histogram\":{\"aggregationTemporality\":2,\"dataPoints\":[{\"timeUnixNano\":\"1760000000000000000\",\"explicitBounds\":[1,2],\"bucketCounts\":[\"1\"]}]}}", "bucket count")]
    [InlineData("{\"name\":\"h\",\"histogram\":{\"aggregationTemporality\":2,\"dataPoints\":[{\"timeUnixNano\":\"1760000000000000000\",\"explicitBounds\":[2,1],\"bucketCounts\":[1,1,1]}]}}", "ascend")]
    [InlineData("{\"name\":\"s\",\"sum\":{\"dataPoints\":[{\"timeUnixNano\":\"1760000000000000000\",\"asInt\":\"1\"}]}}", "temporality")]
    [InlineData("{\"gauge\":{\"dataPoints\":[{\"timeUnixNano\":\"1760000000000000000\",\"asInt\":\"1\"}]}}", "name")]
    [InlineData("{\"name\":\"e\",\"exponentialHistogram\":{\"aggregationTemporality\":1,\"dataPoints\":[{\"timeUnixNano\":\"1760000000000000000\",\"scale\":30}]}}", "scale")]
    [InlineData("{\"name\":\"g\",\"gauge\":{\"dataPoints\":[{\"timeUnixNano\":\"4000000000000000000\",\"asInt\":\"1\"}]}}", "future")]
    public void A_point_that_breaks_a_rule_is_refused_alone(string metric, string reason)
    {
        const string Good = "{\"name\":\"g\",\"gauge\":{\"dataPoints\":[{\"timeUnixNano\":\"1760000000000000000\",\"asInt\":\"1\"}]}}";
        var context = Decoding.Context();

        using var batch = Decoding.Metrics(
            Encoding.UTF8.GetBytes($"{{\"resourceMetrics\":[{{\"scopeMetrics\":[{{\"metrics\":[{Good},{metric},{Good}]}}]}}]}}"), isJson: true, context);

        Assert.Equal((2, 1), (batch.Count, context.Rejected));
        Assert.Equal((0, 0), (batch.Histograms.Count, batch.Counts.Count));
        Assert.Contains(reason, context.DescribeRejections(Signal.Metrics), StringComparison.Ordinal);
    }

    [Fact]
    public void A_point_without_a_time_gets_the_receivers()
    {
        using var batch = Decoding.Metrics("""{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"g","gauge":{"dataPoints":[{"asDouble":"NaN"}]}}]}]}]}"""u8, isJson: true);

        Assert.Equal(Decoding.Now, batch.Points[0].TimeNanos);
    }

    [Fact]
    public void Every_kind_of_metric_reads_the_same_from_both_encodings()
    {
        var attribute = AnyTree.KeyValue("k", new AnyTree.Text("v"));
        var exemplar = new Wire().Fixed64(2, Noon).Double(3, 0.5).Field(4, GenTelemetry.Bytes(new SpanId(7))).Field(5, GenTelemetry.Bytes(Some.TraceId())).Message(7, attribute);
        var scope = new Wire()
            .Message(2, new Wire().Text(1, "sum").Text(2, "about").Text(3, "1").Message(7, new Wire()
                .Message(1, new Wire().Fixed64(2, Noon - 1).Fixed64(3, Noon).Fixed64(6, 5).Message(7, attribute).Varint(8, 1).Message(5, exemplar)).Varint(2, 2).Varint(3, 1)))
            .Message(2, new Wire().Text(1, "h").Message(9, new Wire()
                .Message(1, new Wire().Fixed64(2, Noon - 1).Fixed64(3, Noon).Fixed64(4, 3).Double(5, 1.5)
                    .Packed(6, [1, 2], isFixed: true).Packed(7, [BitConverter.DoubleToUInt64Bits(0.1)], isFixed: true)
                    .Message(8, exemplar).Message(9, attribute).Double(11, 0.05).Double(12, 1.2)).Varint(2, 1)))
            .Message(2, new Wire().Text(1, "e").Message(10, new Wire()
                .Message(1, new Wire().Message(1, attribute).Fixed64(3, Noon).Fixed64(4, 5).Double(5, 10).Varint(6, 3).Fixed64(7, 1)
                    .Message(8, new Wire().Varint(1, 2).Packed(2, [2, 300], isFixed: false)).Message(9, new Wire().Packed(2, [1], isFixed: false)).Double(14, 0.25)).Varint(2, 2)))
            .Message(2, new Wire().Text(1, "q").Message(11, new Wire()
                .Message(1, new Wire().Fixed64(3, Noon).Fixed64(4, 4).Double(5, 8)
                    .Message(6, new Wire().Double(1, 0.5).Double(2, 2)).Message(6, new Wire().Double(1, 0.99).Double(2, 3)).Message(7, attribute))));
        var common = "\"attributes\":[{\"key\":\"k\",\"value\":{\"stringValue\":\"v\"}}],\"timeUnixNano\":\"" + Noon + "\"";
        var start = ",\"startTimeUnixNano\":" + (Noon - 1);
        var sample = $"[{{\"timeUnixNano\":{Noon},\"asDouble\":0.5,\"spanId\":\"0000000000000007\",\"traceId\":\"{Some.TraceId()}\",\"filteredAttributes\":[{{\"key\":\"k\",\"value\":{{\"stringValue\":\"v\"}}}}]}}]";
        var json = $$$"""
            {"resourceMetrics":[{"scopeMetrics":[{"metrics":[
            {"sum":{"dataPoints":[{{{{common}}}{{{start}}},"asInt":"5","flags":1,"exemplars":{{{sample}}}}],"isMonotonic":true,"aggregationTemporality":2},"name":"sum","description":"about","unit":"1"},
            {"name":"h","histogram":{"aggregationTemporality":1,"dataPoints":[{{{{common}}}{{{start}}},"count":3,"sum":1.5,"min":0.05,"max":1.2,"bucketCounts":["1",2],"explicitBounds":[0.1],"exemplars":{{{sample}}}}]}},
            {"name":"e","exponentialHistogram":{"aggregationTemporality":2,"dataPoints":[{{{{common}}},"count":"5","sum":10,"scale":-2,"zeroCount":"1","zeroThreshold":"0.25","positive":{"offset":1,"bucketCounts":["2","300"]},"negative":{"bucketCounts":[1]}}]}},
            {"name":"q","summary":{"dataPoints":[{{{{common}}},"count":"4","sum":8,"quantileValues":[{"quantile":0.5,"value":2},{"value":3,"quantile":0.99}]}]}}
            ]}]}]}
            """;

        using var fromProtobuf = Decoding.Metrics(new Wire().Message(1, new Wire().Message(2, scope)).Bytes);
        using var fromJson = Decoding.Metrics(Encoding.UTF8.GetBytes(json), isJson: true);

        Assert.Equal(4, fromProtobuf.Count);
        Assert.Equal(PointText.ReadAll(fromProtobuf), PointText.ReadAll(fromJson));
    }

    private static Wire Records(params Wire[] records) => records.Aggregate(new Wire(), (scope, record) => scope.Message(2, record));

    private static byte[] Logs(Wire record) => new Wire().Message(1, new Wire().Message(2, Records(record))).Bytes;
}
