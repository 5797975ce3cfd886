using Gander.Hosting;

namespace Gander.Tests.Hosting;

public sealed class BannerTests
{
    private static readonly ServerAddresses Addresses =
        new(new Uri("http://127.0.0.1:4317"), new Uri("http://127.0.0.1:4318"), new Uri("http://127.0.0.1:4319"));

    [Fact]
    public void Without_tokens_it_prints_the_addresses_and_four_lines_for_goose() =>
        Assert.Equal(
            $"""
            Gander {GanderVersion.Text} is ready.

              OTLP/gRPC  http://127.0.0.1:4317
              OTLP/HTTP  http://127.0.0.1:4318
              Pages      http://127.0.0.1:4319
              Data       /data

            To see goose's sessions, paste this where you start it:

              export OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:4318"
              export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
              export OTEL_SERVICE_NAME=goose
              export OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=true

            Then work with goose and open http://127.0.0.1:4319
            Stop with Ctrl-C.
            """,
            string.Join('\n', Banner.Lines(Addresses, "/data", tokenNeeded: false, readOnly: false)));

    [Fact]
    public void With_tokens_it_prints_the_header_as_an_assignment_and_never_with_a_colon()
    {
        var lines = Banner.Lines(Addresses, "/data", tokenNeeded: true, readOnly: false);

        Assert.Contains("  export OTEL_EXPORTER_OTLP_HEADERS=\"Authorization=Basic TOKEN\"", lines);
        Assert.DoesNotContain(lines, line => line.Contains("Authorization:", StringComparison.Ordinal));
    }

    [Fact]
    public void A_read_only_server_does_not_ask_for_telemetry()
    {
        var lines = Banner.Lines(Addresses, "/data", tokenNeeded: false, readOnly: true);

        Assert.DoesNotContain(lines, line => line.Contains("export", StringComparison.Ordinal));
        Assert.Contains("Open http://127.0.0.1:4319", lines);
    }
}
