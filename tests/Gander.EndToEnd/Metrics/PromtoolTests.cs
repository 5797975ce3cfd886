using System.Globalization;
using Gander.EndToEnd.Harness;

namespace Gander.EndToEnd.Metrics;

/// <summary>The real promtool asks a server that was fed over OTLP.</summary>
public sealed class PromtoolTests(MetricsStage stage) : IClassFixture<MetricsStage>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private string Server => stage.Gander.Pages.AbsoluteUri.TrimEnd('/');

    private string At(int secondsBefore) => (stage.LastSeconds - secondsBefore).ToString(CultureInfo.InvariantCulture);

    [Fact]
    public async Task An_instant_query_is_answered()
    {
        var lines = await RunAsync("query", "instant", $"--time={At(0)}", Server, "round(sum by (service_name) (rate(demo_tokens_total[5m])))");

        Assert.Equal(
            MetricFeed.Agents.Select(entry => string.Create(CultureInfo.InvariantCulture, $"{{service_name=\"{entry.Agent}\"}} => {entry.PerSecond} @[{At(0)}]")).Order(StringComparer.Ordinal),
            lines.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_range_query_is_answered()
    {
        var lines = await RunAsync("query", "range", $"--start={At(60)}", $"--end={At(0)}", "--step=15s", Server, "demo_open{service_name=\"goose\"}");

        Assert.StartsWith("demo_open{", lines[0], StringComparison.Ordinal);
        Assert.Equal(5, lines.Count(line => line.Contains(" @[", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Series_are_listed()
    {
        var lines = await RunAsync("query", "series", "--match=demo_tokens_total", "--match=demo_latency_milliseconds_count", Server);

        Assert.Equal(2 * MetricFeed.Agents.Count, lines.Count);
        Assert.All(lines, line => Assert.Contains("__name__=\"demo_", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Label_values_are_listed()
    {
        var lines = await RunAsync("query", "labels", Server, "service_name");

        Assert.Equal(["claude-code", "codex", "goose"], lines);
    }

    [Fact]
    public async Task A_mistake_is_told()
    {
        await using var process = ChildProcess.Start(Prerequisite.Program("promtool"), ["query", "instant", Server, "sum("], Environment(), Path.GetTempPath());

        var exitCode = await process.WaitForExitAsync(Limit, TestContext.Current.CancellationToken);

        Assert.NotEqual(0, exitCode);
        Assert.Contains("bad_data", process.Describe(), StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<string>> RunAsync(params string[] arguments)
    {
        await using var process = ChildProcess.Start(Prerequisite.Program("promtool"), arguments, Environment(), Path.GetTempPath());
        var exitCode = await process.WaitForExitAsync(Limit, TestContext.Current.CancellationToken);
        Assert.True(exitCode == 0, process.Describe());
        return [.. process.Output.Where(line => line.Length > 0)];
    }

    private static Dictionary<string, string> Environment() => new(StringComparer.Ordinal) { ["PATH"] = System.Environment.GetEnvironmentVariable("PATH") ?? "" };
}
