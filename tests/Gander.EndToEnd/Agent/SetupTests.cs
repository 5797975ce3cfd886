using System.Globalization;
using System.Text.Json;
using Gander.EndToEnd.Harness;

namespace Gander.EndToEnd.Agent;

/// <summary>
/// The set-up that goose's integration page describes, typed as it is written there, with <c>gander</c> for <c>goose</c> and Gander's
/// own address: after each step one sees what the page says.
/// </summary>
public sealed class SetupTests(SetupStage stage) : IClassFixture<SetupStage>
{
    private const string Answer = "Two plus two is four.";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_five_steps_do_what_the_page_says()
    {
        // 1. Get your OTLP credentials: the endpoint and the value of the Authorization header.
        var connect = await stage.PageAsync("/connect", Cancel);
        var endpoint = stage.Gander.OtlpHttp.GetLeftPart(UriPartial.Authority);
        Assert.Contains($"export OTEL_EXPORTER_OTLP_ENDPOINT=\"{endpoint}\"", connect, StringComparison.Ordinal);
        Assert.Contains("export OTEL_EXPORTER_OTLP_HEADERS=\"Authorization=Basic ", connect, StringComparison.Ordinal);
        Assert.NotEmpty(stage.Token);

        // 2. Add environment variables to your shell profile.
        await File.AppendAllTextAsync(
            stage.Profile,
            $"""
            export OTEL_EXPORTER_OTLP_ENDPOINT="{endpoint}"
            export OTEL_EXPORTER_OTLP_HEADERS="Authorization=Basic {stage.Token}"
            export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
            export OTEL_SERVICE_NAME=goose
            export OTEL_RESOURCE_ATTRIBUTES="deployment.environment=local"

            """,
            Cancel);

        await using (var shell = stage.OpenShell())
        {
            // 3. Reload your shell.
            await EndedAsync(shell, commands: 0);
            await TypeAsync(shell, "source ~/.zshrc\r");
            await EndedAsync(shell, commands: 1);

            // 4. Run it.
            await TypeAsync(shell, "gander session\r");
            await SaysAsync(shell, "/help lists commands");
            await TypeAsync(shell, "what is two plus two?\r");
            await SaysAsync(shell, Answer);
            await TypeAsync(shell, "/exit\r");
            await EndedAsync(shell, commands: 2);

            // Or non-interactively.
            await TypeAsync(shell, "gander run -t \"explain this file\"\r");
            await EndedAsync(shell, commands: 3);
            await SaysAsync(shell, Answer, times: 2);
            Assert.DoesNotContain(shell.Output, line => line.Contains("gander: ", StringComparison.Ordinal));
        }

        // 5. Verify data is arriving.
        await SeeTracesAsync();
        await SeeMetricsAsync();
        await SeeLogsAsync();
    }

    private async Task SeeTracesAsync()
    {
        // Open Traces, filter by service.name = goose. Look for reply, complete, stream_response_from_provider span names.
        var traces = await stage.ListAsync("/api/traces?service=goose", "traces", 2, Cancel);
        Assert.Equal(2, traces.Count);
        Assert.All(traces, trace => Assert.Equal("reply", trace.Text("rootName")));
        var page = await stage.PageAsync($"/traces?add={Uri.EscapeDataString("service.name = goose")}", Cancel);
        Assert.All(traces, trace => Assert.Contains($"reply {trace.Text("traceId")![..8]}", page, StringComparison.Ordinal));
        foreach (var trace in traces)
        {
            var names = Spans(await stage.Gander.GetAsync($"/api/traces/{trace.Text("traceId")}", Cancel)).Select(span => span.Text("name"));
            Assert.Superset(new HashSet<string?> { "reply", "reply_stream", "complete", "stream_response_from_provider" }, names.ToHashSet());
        }

        Assert.Empty((await stage.Gander.GetAsync("/api/traces?resource=service.name!=goose", Cancel)).Items("traces"));
    }

    private async Task SeeMetricsAsync()
    {
        // Open Metrics, search for goose_session_tokens or goose_session_duration_ms.
        var calls = await stage.Model.CallsAsync(Cancel);
        Assert.Equal(2, calls.Count);
        foreach (var name in new[] { "goose_session_tokens", "goose_session_duration_ms" })
        {
            Assert.Contains($"{name}_total", await stage.PageAsync($"/metrics?find={name}", Cancel), StringComparison.Ordinal);
            var series = await PromQl.EventuallyAsync(stage.Gander, name, found => found.Count == 2, Cancel);
            Assert.All(series, one => Assert.Equal(("goose", "local"), (one.Labels["service_name"], one.Labels["deployment_environment"])));
            Assert.Equal(["new", "run"], series.Select(one => one.Labels["session_type"]).Order());
            Assert.All(series, one => Assert.True(one.Values[^1] > 0, one.ToString()));
        }

        var sessions = (await stage.Gander.GetAsync("/api/sessions", Cancel)).Items("sessions");
        var tokens = await PromQl.AskAsync(stage.Gander, "sum(goose_session_tokens)", Cancel);
        Assert.Equal(sessions.Sum(session => session.GetProperty("tokens").Number("total")), tokens[0].Values[^1]);
        Assert.True(tokens[0].Values[^1] >= calls.Sum(call => call.Input + call.Output), tokens[0].ToString());
    }

    private async Task SeeLogsAsync()
    {
        // Open Logs, filter by service.name = goose. Session events include total_tokens, duration_ms, exit_type.
        var ends = await stage.ListAsync("/api/logs?service=goose&attr=exit_type", "logs", 2, Cancel);
        Assert.Equal(2, ends.Count);
        Assert.All(ends, end =>
        {
            var attributes = end.GetProperty("attributes");
            Assert.True(attributes.Number("total_tokens") > 0 && attributes.Number("duration_ms") > 0 && attributes.Number("message_count") > 0, attributes.GetRawText());
            Assert.Equal("normal", attributes.Text("exit_type"));
        });
        var page = await stage.PageAsync($"/logs?add={Uri.EscapeDataString("service.name = goose")}", Cancel);
        var first = ends[0].GetProperty("attributes");
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"exit_type=normal duration_ms={first.Number("duration_ms")} total_tokens={first.Number("total_tokens")}"), page, StringComparison.Ordinal);
    }

    private static IEnumerable<JsonElement> Spans(JsonElement trace) =>
        trace.Items("resourceSpans").SelectMany(resource => resource.Items("scopeSpans")).SelectMany(scope => scope.Items("spans"));

    private static Task SaysAsync(ChildProcess shell, string text, int times = 1) =>
        shell.WaitForOutputAsync(lines => lines.Count(line => line.Contains(text, StringComparison.Ordinal)) >= times, Limit, Cancel);

    // The first prompt comes before any command.
    private static Task EndedAsync(ChildProcess shell, int commands) => SaysAsync(shell, "ended with 0", commands + 1);

    private static async Task TypeAsync(ChildProcess shell, string keys)
    {
        await shell.Input.WriteAsync(keys.AsMemory(), Cancel);
        await shell.Input.FlushAsync(Cancel);
    }
}
