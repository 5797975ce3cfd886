using System.Text;
using CsCheck;
using Gander.Otlp;
using Gander.Telemetry;

namespace Gander.Tests.Otlp;

/// <summary>Whatever bytes come: an answer or a decode error, and no more memory than the limits allow.</summary>
public sealed class OtlpHostileInputTests
{
    private static readonly DecodeLimits Tight = new(MaxRecords: 1_000, MaxAttributes: 2_000, MaxAddedTextBytes: 100_000);

    [Fact]
    public void Random_bytes_never_crash_a_decoder() => Gen.Byte.Array[0, 300].Sample(DecodeAll, iter: 5_000);

    [Fact]
    public void Truncated_messages_never_crash_a_decoder() =>
        Gen.Select(GenTelemetry.Spans, Gen.Double[0, 1]).Sample((export, share) => DecodeAll(export.Body[..(int)(export.Body.Length * share)]));

    [Fact]
    public void Messages_with_a_flipped_byte_never_crash_a_decoder() =>
        Gen.Select(Gen.OneOf(GenTelemetry.Spans.Select(export => export.Body), GenTelemetry.Logs.Select(export => export.Body)), Gen.Int[0, 100_000], Gen.Byte)
            .Sample(
                (body, place, value) =>
                {
                    if (body.Length > 0)
                    {
                        body[place % body.Length] = value;
                    }

                    DecodeAll(body);
                },
                iter: 1_000);

    [Fact]
    public void Json_with_a_flipped_byte_never_crashes_a_decoder() =>
        Gen.Select(GenTelemetry.Spans, Gen.Int[0, 100_000], Gen.Byte).Sample(
            (export, place, value) =>
            {
                var json = Decoding.Json(Decoding.Spans(export.Body));
                json[place % json.Length] = value;
                DecodeAll(json);
            },
            iter: 1_000);

    [Fact]
    public void Two_bytes_a_record_do_not_fill_memory()
    {
        var records = new byte[1_000_000];
        for (var i = 0; i < records.Length; i += 2)
        {
            records[i] = 0x12;
        }

        var body = new Wire().Message(1, new Wire().Field(2, records)).Bytes;

        Assert.True(Assert.Throws<OtlpDecodeException>(() => Decoding.Logs(body, context: Decoding.Context(Tight))).IsTooLarge);
    }

    [Fact]
    public void Two_bytes_an_attribute_do_not_fill_memory()
    {
        var attributes = Enumerable.Range(0, 10).Select(_ => Enumerable.Repeat((byte[])[0x32, 0x00], 900).SelectMany(two => two).ToArray());
        var scope = attributes.Aggregate(new Wire(), (wire, record) => wire.Field(2, record));
        var distinct = Enumerable.Range(0, 10).Aggregate(new Wire(), (wire, _) => wire.Message(2, Enumerable.Range(0, 900).Aggregate(
            new Wire(), (record, key) => record.Message(6, AnyTree.KeyValue($"k{key}", new AnyTree.Nothing())))));

        using var equal = Decoding.Logs(new Wire().Message(1, new Wire().Message(2, scope)).Bytes, context: Decoding.Context(Tight));

        Assert.Equal((10, 10), (equal.Count, equal.Attributes.Count));
        Assert.True(Assert.Throws<OtlpDecodeException>(
            () => Decoding.Logs(new Wire().Message(1, new Wire().Message(2, distinct)).Bytes, context: Decoding.Context(Tight))).IsTooLarge);
    }

    [Fact]
    public void Attributes_beyond_those_a_record_may_have_are_counted_as_dropped()
    {
        var record = Enumerable.Range(0, 1_100).Aggregate(new Wire(), (wire, key) => wire.Message(6, AnyTree.KeyValue($"k{key}", new AnyTree.Whole(key))));

        using var batch = Decoding.Logs(new Wire().Message(1, new Wire().Message(2, new Wire().Message(2, record))).Bytes);

        Assert.Equal(DecodeLimits.MaxAttributesPerOwner, batch.AttributeRanges[0].Count);
        Assert.Equal(76U, batch.DroppedAttributes[0]);
    }

    [Fact]
    public void Text_that_grows_by_escaping_is_limited()
    {
        var controls = new AnyTree.List([new AnyTree.Text(new string('\u0001', 200_000))]);
        var body = new Wire().Message(1, new Wire().Message(2, new Wire().Message(2, new Wire().Message(5, controls.Encode())))).Bytes;

        Assert.True(Assert.Throws<OtlpDecodeException>(() => Decoding.Logs(body, context: Decoding.Context(Tight))).IsTooLarge);
    }

    [Theory]
    [InlineData(80, true)]
    [InlineData(91, false)]
    [InlineData(5_000, false)]
    public void Values_may_nest_as_deep_as_the_limit_in_both_encodings(int depth, bool isAccepted)
    {
        var value = new Wire();
        for (var i = 0; i < depth; i++)
        {
            value = new Wire().Message(5, new Wire().Message(1, value));
        }

        var body = new Wire().Message(1, new Wire().Message(2, new Wire().Message(2, new Wire().Message(5, value)))).Bytes;
        var json = Encoding.UTF8.GetBytes(
            "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":"
            + string.Concat(Enumerable.Repeat("{\"arrayValue\":{\"values\":[", depth)) + "{}" + string.Concat(Enumerable.Repeat("]}}", depth)) + "}]}]}]}");

        if (isAccepted)
        {
            using var fromProtobuf = Decoding.Logs(body);
            using var fromJson = Decoding.Logs(json, isJson: true);
            using var again = Decoding.Logs(Decoding.Json(fromProtobuf), isJson: true);
            Assert.Equal(fromProtobuf.Text.ToString(fromProtobuf.Bodies[0]), fromJson.Text.ToString(fromJson.Bodies[0]));
            Assert.Equal(fromProtobuf.Text.ToString(fromProtobuf.Bodies[0]), again.Text.ToString(again.Bodies[0]));
            return;
        }

        Assert.False(Assert.Throws<OtlpDecodeException>(() => Decoding.Logs(body)).IsTooLarge);
        Assert.False(Assert.Throws<OtlpDecodeException>(() => Decoding.Logs(json, isJson: true)).IsTooLarge);
    }

    [Fact]
    public void An_error_says_what_is_wrong_and_where_without_quoting_content()
    {
        var cut = TransportCases.Traces()[..^4];

        var error = Assert.Throws<OtlpDecodeException>(() => Decoding.Spans(cut));

        Assert.Matches(@"^not a valid protobuf message: a length that reaches past the end of its message at byte \d+$", error.Message);
    }

    private static void DecodeAll(byte[] body)
    {
        foreach (var isJson in new[] { false, true })
        {
            Try(() => Decoding.Spans(body, isJson, Decoding.Context(Tight)));
            Try(() => Decoding.Logs(body, isJson, Decoding.Context(Tight)));
            Try(() => Decoding.Metrics(body, isJson, Decoding.Context(Tight)));
        }
    }

    private static void Try(Func<TelemetryBatch> decode)
    {
        try
        {
            using var batch = decode();
        }
        catch (OtlpDecodeException)
        {
            // The one way to fail.
        }
    }
}
