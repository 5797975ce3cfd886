using CsCheck;
using Gander.Tests.Conformance;
using Gander.Tests.Stores;

namespace Gander.Tests.Otlp;

public sealed class OtlpRoundTripTests
{
    [Fact]
    public void Decoded_spans_say_what_the_message_said() =>
        GenTelemetry.Spans.Sample(export => AssertSame(export.Records, SpanRecord.ReadAll(Decoding.Spans(export.Body))));

    [Fact]
    public void Decoded_log_records_say_what_the_message_said() =>
        GenTelemetry.Logs.Sample(export => AssertSame(export.Records, LogRecord.ReadAll(Decoding.Logs(export.Body))));

    [Fact]
    public void Spans_written_as_json_are_decoded_to_the_same_spans() =>
        GenTelemetry.Spans.Sample(export =>
        {
            var json = Decoding.Json(Decoding.Spans(export.Body));

            // Equal resources and scopes are written once, so the order over groups may change.
            AssertSameSet(export.Records, SpanRecord.ReadAll(Decoding.Spans(json, isJson: true)));
        });

    [Fact]
    public void Log_records_written_as_json_are_decoded_to_the_same_records() =>
        GenTelemetry.Logs.Sample(export =>
        {
            var json = Decoding.Json(Decoding.Logs(export.Body));

            AssertSameSet(export.Records, LogRecord.ReadAll(Decoding.Logs(json, isJson: true)));
        });

    [Fact]
    public void Captured_bodies_decode_to_the_same_from_protobuf_and_from_their_json()
    {
        var files = Directory.GetFiles(SharedData.Require("fixtures"), "*.derived.json", SearchOption.AllDirectories);
        Assert.NotEmpty(files);

        Assert.All(files, json =>
        {
            var protobuf = File.ReadAllBytes(json.Replace(".derived.json", ".pb", StringComparison.Ordinal));
            var derived = File.ReadAllBytes(json);
            Assert.Equal(Describe(json, protobuf, isJson: false), Describe(json, derived, isJson: true));
        });
    }

    private static IEnumerable<string> Describe(string file, byte[] body, bool isJson) =>
        file.Contains("-traces", StringComparison.Ordinal) ? SpanRecord.ReadAll(Decoding.Spans(body, isJson)).Select(span => span.Describe())
        : file.Contains("-logs", StringComparison.Ordinal) ? LogRecord.ReadAll(Decoding.Logs(body, isJson)).Select(log => log.Describe())
        : PointText.ReadAll(Decoding.Metrics(body, isJson));

    private static void AssertSame(IEnumerable<TelemetryRecord> expected, IEnumerable<TelemetryRecord> actual) =>
        Assert.Equal(expected.Select(record => record.Describe()), actual.Select(record => record.Describe()));

    private static void AssertSameSet(IEnumerable<TelemetryRecord> expected, IEnumerable<TelemetryRecord> actual) =>
        Assert.Equal(
            expected.Select(record => record.Describe()).Order(StringComparer.Ordinal),
            actual.Select(record => record.Describe()).Order(StringComparer.Ordinal));
}
