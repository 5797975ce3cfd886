using System.Net;
using System.Net.Sockets;
using Gander.EndToEnd.Harness;

namespace Gander.EndToEnd.Agent;

/// <summary>What a run of the agent did arrives whole, however the run ends and whatever the collector does.</summary>
public sealed class AgentTelemetryTests(AgentTelemetryStage stage) : IClassFixture<AgentTelemetryStage>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("text", "", 0)]
    [InlineData("tool", "shell 1", 0)]
    [InlineData("tool-fail", "shell 1", 1)]
    [InlineData("tools-parallel", "shell 2", 0)]
    [InlineData("multi", "edit 1, shell 2, write 1", 0)]
    [InlineData("mixed", "edit 1, shell 2", 2)]
    [InlineData("cached", "", 0)]
    public async Task A_run_is_one_session_of_which_nothing_is_missing(string scenario, string tools, int failures)
    {
        await stage.Model.ResetAsync(Cancel);
        var (exitCode, errors) = await stage.RunAsync($"scenario:{scenario} please", Cancel);
        Assert.Equal(0, exitCode);

        var session = await stage.NewSessionAsync(found => found.Text("exit") == "normal", Cancel);

        var calls = await stage.Model.CallsAsync(Cancel);
        var tokens = session.GetProperty("tokens");
        Assert.Equal((1, calls.Count, 0), (session.Number("turnCount"), session.Number("modelCalls"), session.Number("modelErrors")));
        Assert.Equal(
            (calls.Sum(call => call.Input), calls.Sum(call => call.Output), calls.Sum(call => call.CacheRead)),
            (tokens.Number("input"), tokens.Number("output"), tokens.Number("cacheRead")));
        Assert.Equal((tools, failures), (session.ToolCalls(), (int)session.Number("toolFailures")));
        Assert.Empty(session.Items("missing"));
        Assert.DoesNotContain(errors, line => line.StartsWith("gander:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http/protobuf")]
    [InlineData("http/json")]
    [InlineData("grpc")]
    public async Task Every_protocol_reaches_gander(string protocol)
    {
        var endpoint = protocol == "grpc" ? stage.Gander.OtlpGrpc : stage.Gander.OtlpHttp;
        await stage.RunAsync("scenario:tool please", Cancel, ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol), ("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip"), ("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint.ToString()));

        var session = await stage.NewSessionAsync(found => found.Text("exit") == "normal", Cancel);

        Assert.Equal("shell 1", session.ToolCalls());
        Assert.Empty(session.Items("missing"));
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    [InlineData("HUP")]
    public async Task A_run_that_is_told_to_stop_still_sends_its_session(string signal)
    {
        await stage.Model.ResetAsync(Cancel);
        await using var process = stage.Start("scenario:slow-tool please");
        await Eventually.GetAsync(() => stage.Model.CallsAsync(Cancel), calls => calls.Count > 0, Limit, "The first model call", Cancel);
        await process.WaitForOutputAsync(_ => process.Errors.Concat(process.Output).Any(line => line.Contains("shell", StringComparison.Ordinal)), Limit, Cancel);

        await process.SignalAsync(signal);
        await process.WaitForExitAsync(Limit, Cancel);

        var session = await stage.NewSessionAsync(found => found.Number("turnCount") == 1, Cancel);
        Assert.Contains(session.Steps(), step => step.Text("kind") == "tool");
        Assert.DoesNotContain(session.Items("missing"), missing => missing.Text("what") == "end");
    }

    [Fact]
    public async Task A_session_whose_provider_fails_says_so_in_its_exit()
    {
        await stage.RunAsync("scenario:http-401 please", Cancel);

        var session = await stage.NewSessionAsync(found => found.Text("exit") is not null, Cancel);

        Assert.Equal(("error", "error", 1), (session.Text("exit"), session.Text("status"), session.Number("modelErrors")));
        Assert.Empty(session.Items("missing"));
    }

    [Fact]
    public async Task A_collector_that_was_away_gets_the_earlier_sessions_with_the_next()
    {
        var ports = ServerPorts.Reserve();
        (string, string) endpoint = ("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://127.0.0.1:{ports.Http}");
        var (exitCode, errors) = await stage.RunAsync("scenario:text please", Cancel, endpoint);
        Assert.Equal(0, exitCode);
        Assert.Contains("connection refused", Assert.Single(errors, line => line.StartsWith("gander:", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal(3, stage.KeptFiles.Length);
        using var data = new TempFolder();
        await using var late = await GanderProcess.StartAsync(data.Combine("data"), ports, Cancel);

        await stage.RunAsync("scenario:text please", Cancel, endpoint);

        var sessions = await Eventually.GetAsync(
            async () => (await late.GetAsync("/api/sessions", Cancel)).Items("sessions"),
            found => found.Count(session => session.Text("exit") == "normal") == 2,
            Limit,
            "Both sessions",
            Cancel);
        Assert.All(sessions, session => Assert.Equal(1, session.Number("turnCount")));
        Assert.Empty(stage.KeptFiles);
    }

    [Fact]
    public async Task A_collector_that_never_answers_delays_the_end_by_about_a_second()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var endpoint = $"http://{silent.LocalEndpoint}";
        var undisturbed = await TimeAsync("none");

        var disturbed = await TimeAsync(endpoint);

        Assert.InRange(disturbed - undisturbed, TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(6));
        foreach (var file in stage.KeptFiles)
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task The_answer_on_standard_output_is_not_mixed_with_telemetry()
    {
        await using var process = stage.Start("scenario:text please", ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9"), ("OTEL_EXPORTER_OTLP_HEADERS", "Authorization: Basic abc"));

        await process.WaitForExitAsync(Limit, Cancel);

        Assert.Equal("Hello from the fake model. Two plus two is four.", string.Join('\n', process.Output).Trim());
        Assert.Equal(2, process.Errors.Count(line => line.StartsWith("gander:", StringComparison.Ordinal)));
        foreach (var file in stage.KeptFiles)
        {
            File.Delete(file);
        }
    }

    private async Task<TimeSpan> TimeAsync(string endpoint)
    {
        var start = TimeProvider.System.GetTimestamp();
        var variables = endpoint == "none" ? [("OTEL_SDK_DISABLED", "true")] : new[] { ("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint) };
        await stage.RunAsync("scenario:text please", Cancel, variables);
        return TimeProvider.System.GetElapsedTime(start);
    }
}
