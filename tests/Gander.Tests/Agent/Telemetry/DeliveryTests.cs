using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Microsoft.AspNetCore.Http;

namespace Gander.Tests.Agent.Telemetry;

public sealed class DeliveryTests
{
    private static readonly string[] Protocols = ["http/protobuf", "grpc"];

    [Fact]
    public async Task A_dead_collector_costs_no_time_and_one_line_and_its_telemetry_is_kept()
    {
        await using var stage = await TelemetryStage.StartAsync(("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://127.0.0.1:{FreePort()}"));
        await stage.RunAsync();
        var before = stage.KeptFiles.Length;

        var watch = Stopwatch.StartNew();
        await stage.RunAsync();

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(0.9));
        Assert.Equal((3, 6), (before, stage.KeptFiles.Length));
        Assert.Equal(2, WarningLines(stage).Length);
        Assert.Contains("connection refused", WarningLines(stage)[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http/protobuf")]
    [InlineData("http/json")]
    [InlineData("grpc")]
    public async Task A_collector_that_hangs_holds_up_the_end_for_about_a_second(string protocol)
    {
        await using var stage = await TelemetryStage.StartAsync(("OTEL_EXPORTER_OTLP_PROTOCOL", protocol));
        stage.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = protocol == "grpc" ? stage.Sink.Grpc : stage.Sink.Http;
        stage.Sink.Respond = (context, _) => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);

        var watch = Stopwatch.StartNew();
        await stage.RunAsync();

        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(5));
        Assert.Equal(3, stage.KeptFiles.Length);
        Assert.Single(WarningLines(stage));
    }

    [Fact]
    public async Task A_collector_that_hangs_does_not_hold_up_the_work()
    {
        await using var stage = await TelemetryStage.StartAsync(("OTEL_BSP_SCHEDULE_DELAY", "1"), ("OTEL_BLRP_SCHEDULE_DELAY", "1"));
        stage.Sink.Respond = (context, _) => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        await using var telemetry = stage.Create();
        using var session = telemetry.StartSession(new("s", "new", true, "session"));
        TelemetryStage.Turn(session);
        await Eventually(() => stage.Sink.Received.Count > 0);

        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 100; i++)
        {
            TelemetryStage.Turn(session);
        }

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(0.9));
    }

    [Theory]
    [InlineData(429, "http/protobuf")]
    [InlineData(500, "http/protobuf")]
    [InlineData(503, "http/json")]
    [InlineData(8, "grpc")]
    [InlineData(14, "grpc")]
    public async Task What_a_collector_could_not_take_is_sent_again_next_time_byte_for_byte(int status, string protocol)
    {
        await using var stage = await TelemetryStage.StartAsync(("OTEL_EXPORTER_OTLP_PROTOCOL", protocol), ("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip"));
        stage.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = protocol == "grpc" ? stage.Sink.Grpc : stage.Sink.Http;
        stage.Sink.Respond = (context, _) => Answer(context, status, protocol);
        await stage.RunAsync();
        var refused = stage.Sink.Received;
        Assert.Equal(3, stage.KeptFiles.Length);

        stage.Sink.Respond = null;
        await stage.RunAsync();

        Assert.Equal(9, stage.Sink.Received.Count);
        Assert.All(refused, first => Assert.Equal(2, stage.Sink.Received.Count(later => later.Path == first.Path && later.Bytes.AsSpan().SequenceEqual(first.Bytes))));
        Assert.Empty(stage.KeptFiles);
        Assert.Single(WarningLines(stage));
    }

    [Fact]
    public async Task What_is_kept_waits_for_the_endpoint_it_was_meant_for()
    {
        await using var stage = await TelemetryStage.StartAsync();
        var right = stage.Sink.Http;
        stage.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://127.0.0.1:{FreePort()}";
        await stage.RunAsync();
        stage.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = right;

        await stage.RunAsync();

        Assert.Equal(3, stage.Sink.Received.Count);
        Assert.Equal(3, stage.KeptFiles.Length);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task What_is_kept_is_for_its_owner_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has other permissions");
        await using var stage = await TelemetryStage.StartAsync(("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://127.0.0.1:{FreePort()}"));

        await stage.RunAsync();

        Assert.All(stage.KeptFiles, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(stage.StateFolder, "telemetry")));
    }

    [Theory]
    [InlineData(401, "http/protobuf", "Authorization=Basic <token>")]
    [InlineData(16, "grpc", "Authorization=Basic <token>")]
    [InlineData(400, "http/protobuf", "400")]
    [InlineData(3, "grpc", "INVALID_ARGUMENT")]
    public async Task What_a_collector_refuses_is_not_kept_and_is_told_in_one_line(int status, string protocol, string told)
    {
        await using var stage = await TelemetryStage.StartAsync(("OTEL_EXPORTER_OTLP_PROTOCOL", protocol));
        stage.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = protocol == "grpc" ? stage.Sink.Grpc : stage.Sink.Http;
        stage.Sink.Respond = (context, _) => Answer(context, status, protocol);

        await stage.RunAsync();

        Assert.Equal((3, 0), (stage.Sink.Received.Count, stage.KeptFiles.Length));
        Assert.Contains(told, Assert.Single(WarningLines(stage)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_a_collector_left_out_are_told()
    {
        await using var stage = await TelemetryStage.StartAsync();
        stage.Sink.Respond = (context, _) => context.Response.Body.WriteAsync(new Otlp.Wire().Message(1, new Otlp.Wire().Varint(1, 3).Text(2, "too\u001b[31m old")).Bytes).AsTask();

        await stage.RunAsync();

        Assert.EndsWith("3 records were left out: too\ufffd[31m old", Assert.Single(WarningLines(stage)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http/protobuf")]
    [InlineData("grpc")]
    public async Task A_long_session_sends_again_when_the_collector_wants_it(string protocol)
    {
        Assert.Contains(protocol, Protocols);
        await using var stage = await TelemetryStage.StartAsync(("OTEL_EXPORTER_OTLP_PROTOCOL", protocol), ("OTEL_BSP_SCHEDULE_DELAY", "20"), ("OTEL_METRICS_EXPORTER", "none"), ("OTEL_LOGS_EXPORTER", "none"));
        stage.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = protocol == "grpc" ? stage.Sink.Grpc : stage.Sink.Http;
        stage.Sink.Respond = (context, _) => Answer(context, protocol == "grpc" ? 14 : 503, protocol, retryAfter: "1");
        await using (var telemetry = stage.Create())
        {
            using var session = telemetry.StartSession(new("s", "new", true, "session"));
            TelemetryStage.Turn(session);
            await Eventually(() => stage.KeptFiles.Length == 1);
            stage.Sink.Respond = null;

            await Eventually(() => stage.KeptFiles.Length == 0);
        }

        Assert.Equal("", stage.Warnings.ToString());
        Assert.True(stage.Sink.Received[0].Bytes.AsSpan().SequenceEqual(stage.Sink.Received[^1].Bytes));
    }

    [Fact]
    public async Task A_timeout_of_the_environment_is_in_milliseconds()
    {
        await using var stage = await TelemetryStage.StartAsync(("OTEL_EXPORTER_OTLP_TIMEOUT", "150"), ("OTEL_SHUTDOWN_TIMEOUT_MS", "20000"));
        stage.Sink.Respond = (context, _) => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);

        var watch = Stopwatch.StartNew();
        await stage.RunAsync();

        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(0.14), TimeSpan.FromSeconds(10));
        Assert.Contains("no answer within 0.15 s", Assert.Single(WarningLines(stage)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("30", null, 30_000, false)]
    [InlineData("30000", null, 30_000, false)]
    [InlineData("30", "5000", 5_000, false)]
    [InlineData(null, "30", 30, true)]
    [InlineData(null, "soon", 10_000, true)]
    [InlineData(null, null, 10_000, false)]
    public async Task The_configuration_files_30_are_seconds(string? configured, string? environment, int milliseconds, bool warns)
    {
        await using var stage = await TelemetryStage.StartAsync();
        if (environment is not null)
        {
            stage.Environment["OTEL_EXPORTER_OTLP_TIMEOUT"] = environment;
        }

        var settings = new Gander.Agent.Telemetry.Settings.ExportSettingsReader(new()
        {
            Environment = stage.Environment,
            ConfiguredTimeout = configured,
            Version = "1",
            Warnings = stage.Warnings,
        }).Read();

        Assert.Equal(milliseconds, settings.Traces.Timeout.TotalMilliseconds);
        Assert.Equal(warns, stage.Warnings.ToString().Length > 0);
    }

    private static Task Answer(HttpContext context, int status, string protocol, string? retryAfter = null)
    {
        if (protocol == "grpc")
        {
            return OtlpSink.AnswerGrpc(context, status.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        context.Response.StatusCode = status;
        if (retryAfter is not null)
        {
            context.Response.Headers.RetryAfter = retryAfter;
        }

        return Task.CompletedTask;
    }

    private static string[] WarningLines(TelemetryStage stage) => stage.Warnings.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task Eventually(Func<bool> condition)
    {
        for (var i = 0; i < 1_000 && !condition(); i++)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.True(condition());
    }
}
