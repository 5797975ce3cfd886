using System.IO.Compression;
using Gander.Commands.Imports;
using Gander.Telemetry;
using Gander.Tests.Conformance;

namespace Gander.Tests.Commands.Imports;

public sealed class SignalDetectorTests
{
    [Theory]
    [InlineData("""{"resourceSpans":[]}""", Signal.Traces)]
    [InlineData("""{"other":{"resourceSpans":1},"resourceLogs":[]}""", Signal.Logs)]
    [InlineData(""" {"resourceMetrics":[{}]} """, Signal.Metrics)]
    [InlineData("""{"resourceMetrics":[{""", Signal.Metrics)]
    public void Json_says_its_signal_in_its_first_known_name(string json, Signal expected) =>
        Assert.Equal(expected, SignalDetector.OfJson(System.Text.Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("resourceSpans")]
    [InlineData("""{"requests":[{"resourceSpans":[]}]}""")]
    [InlineData("")]
    public void Other_json_has_no_signal(string json) => Assert.Null(SignalDetector.OfJson(System.Text.Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void A_telling_name_decides_for_protobuf()
    {
        Assert.Equal(Signal.Metrics, SignalDetector.OfProtobuf([], "001-metrics.pb"));
        Assert.Null(SignalDetector.OfProtobuf([], "body.pb"));
        Assert.Null(SignalDetector.OfProtobuf([], "traces-and-logs.pb"));
        Assert.Null(SignalDetector.OfProtobuf([0xff, 0xff], "body.pb"));
    }

    [Fact]
    public void Without_a_telling_name_the_first_record_of_every_captured_export_does()
    {
        var requests = SharedData.Scenarios().SelectMany(scenario => Directory.EnumerateFiles(scenario.Folder))
            .Where(file => file.EndsWith(".pb", StringComparison.Ordinal) || file.EndsWith(".pb.gz", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(requests);

        Assert.All(requests, file => Assert.Equal(SignalDetector.OfProtobuf([], file), SignalDetector.OfProtobuf(Read(file), "body.pb")));
    }

    private static byte[] Read(string file)
    {
        using var stream = File.OpenRead(file);
        using var unpacked = file.EndsWith(".gz", StringComparison.Ordinal) ? (Stream)new GZipStream(stream, CompressionMode.Decompress) : stream;
        using var whole = new MemoryStream();
        unpacked.CopyTo(whole);
        return whole.ToArray();
    }
}
