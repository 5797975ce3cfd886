using Gander.EndToEnd.Harness;

namespace Gander.EndToEnd.Exec;

/// <summary><c>gander exec</c> with the real goose.</summary>
public sealed class ExecGooseTests(ExecStage stage) : IClassFixture<ExecStage>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_is_passed_through_and_its_session_is_named()
    {
        var run = await stage.RunAsync(["--data", stage.Data, "--", "goose", "run", "-t", "scenario:tool please"], Cancel);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(run.Output, line => line.Contains("shell", StringComparison.Ordinal));
        Assert.DoesNotContain(run.Output, line => line.Contains("gander exec", StringComparison.Ordinal));
        var session = await stage.Gander.GetAsync($"/api/sessions/{run.SessionKey}", Cancel);
        Assert.Equal(("goose", "shell 1"), (session.Text("agent"), session.ToolCalls()));
        Assert.Null(Assert.Single(session.Items("turns")).Text("prompt"));
        Assert.Single(run.Said);
    }

    [Fact]
    public async Task Content_comes_when_it_is_asked_for()
    {
        var run = await stage.RunAsync(["--content", "--data", stage.Data, "--", "goose", "run", "-t", "scenario:text please"], Cancel);

        var session = await stage.Gander.GetAsync($"/api/sessions/{run.SessionKey}", Cancel);
        Assert.Equal("scenario:text please", Assert.Single(session.Items("turns")).Text("prompt"));
    }

    [Fact]
    public async Task The_exit_code_is_the_programs()
    {
        var run = await stage.RunAsync(["--data", stage.Data, "--", "goose", "run", "-t", "scenario:http-401 please"], Cancel);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("error", (await stage.Gander.GetAsync($"/api/sessions/{run.SessionKey}", Cancel)).Text("status"));
    }

    [Fact]
    public async Task Settings_that_keep_goose_silent_are_put_right_and_told()
    {
        var run = await stage.RunAsync(
            ["--data", stage.Data, "--", "goose", "run", "-t", "scenario:text please"],
            Cancel,
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
            ("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip"),
            ("OTEL_SDK_DISABLED", "true"),
            ("OTEL_TRACES_EXPORTER", "none"),
            ("OTEL_EXPORTER_OTLP_TIMEOUT", "30"),
            ("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "http://127.0.0.1:9"),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9"),
            ("OTEL_EXPORTER_OTLP_HEADERS", "api-key=secret-of-another"));

        Assert.Equal("goose", (await stage.Gander.GetAsync($"/api/sessions/{run.SessionKey}", Cancel)).Text("agent"));
        Assert.Equal(9, run.Said.Count());
        Assert.DoesNotContain(run.Errors, line => line.Contains("secret-of-another", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_shell_hands_the_settings_on()
    {
        var run = await stage.RunAsync(["--data", stage.Data, "--", "sh", "-c", "goose run -t 'scenario:text please'; exit 7"], Cancel);

        Assert.Equal(7, run.ExitCode);
        Assert.NotEmpty(run.SessionKey);
    }

    [Fact]
    public async Task SIGTERM_reaches_the_program_and_ends_it()
    {
        await using var process = stage.Start(["--data", stage.Data, "--", "goose", "session"]);
        await process.WaitForOutputAsync(lines => lines.Any(line => line.Contains("goose is ready", StringComparison.Ordinal)), TimeSpan.FromSeconds(60), Cancel);

        await process.SignalAsync("TERM");

        Assert.Equal(128 + 15, await process.WaitForExitAsync(TimeSpan.FromSeconds(30), Cancel));
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    [InlineData("HUP")]
    public async Task A_signal_to_the_whole_group_ends_ganders_agent_in_order(string signal)
    {
        await using var process = stage.StartGroup(["--data", stage.Data, "--", "gander", "run", "-t", "scenario:slow-tool please"]);
        await process.WaitForOutputAsync(_ => process.Errors.Concat(process.Output).Any(line => line.Contains("sleep", StringComparison.Ordinal)), TimeSpan.FromSeconds(60), Cancel);

        await process.SignalGroupAsync(signal);

        Assert.Equal(130, await process.WaitForExitAsync(TimeSpan.FromSeconds(30), Cancel));
        var run = new ExecOutcome(130, process.Output, process.Errors);
        var session = await stage.Gander.GetAsync($"/api/sessions/{run.SessionKey}", Cancel);
        Assert.Equal((1L, "shell 1"), (session.Number("turnCount"), session.ToolCalls()));
        Assert.DoesNotContain(session.Items("missing"), missing => missing.Text("what") == "end");
    }

    [Fact]
    public async Task With_serve_a_server_runs_as_long_as_the_program()
    {
        var data = stage.OtherData("served");
        (string, string)[] anywhere = [("GANDER_OTLP_GRPC", "127.0.0.1:0"), ("GANDER_OTLP_HTTP", "127.0.0.1:0"), ("GANDER_LISTEN", "127.0.0.1:0")];

        var run = await stage.RunAsync(["--serve", "--data", data, "--", "goose", "run", "-t", "scenario:text please"], Cancel, anywhere);

        Assert.Equal(0, run.ExitCode);
        await using var later = await GanderProcess.StartAsync(data, Cancel);
        Assert.Equal("goose", (await later.GetAsync($"/api/sessions/{run.SessionKey}", Cancel)).Text("agent"));
    }

    [Fact]
    public async Task Without_a_server_the_program_runs_all_the_same()
    {
        var run = await stage.RunAsync(["--data", stage.OtherData("nothing"), "--", "goose", "run", "-t", "scenario:text please"], Cancel);

        Assert.Equal(0, run.ExitCode);
        Assert.NotEmpty(run.Output);
        Assert.Contains("without telemetry", Assert.Single(run.Said), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_needs_a_token_gets_one()
    {
        var data = stage.OtherData("guarded");
        await using var server = await GanderProcess.StartAsync(data, Cancel);
        var (exitCode, _) = await GanderProcess.RunAsync(Cancel, "token", "create", "--name", "ann", "--data", data);
        Assert.Equal(0, exitCode);

        var run = await stage.RunAsync(["--data", data, "--", "goose", "run", "-t", "scenario:text please"], Cancel);

        Assert.NotEmpty(run.SessionKey);
    }
}
