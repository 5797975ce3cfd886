using System.Text.Json;
using Gander.Tests.Conformance;
using Gander.Tests.Stores;

namespace Gander.Tests.Commands;

public sealed class PricesCommandTests
{
    [Fact]
    public async Task A_check_shows_the_price_and_how_it_was_found()
    {
        var run = await CommandRun.RunAsync(["prices", "check", "anthropic/claude-sonnet-4-5-20250929"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("found without the date or mode at its end as anthropic claude-sonnet-4-5", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"up to 200,000\s+3\s+15\s+0\.3\s+3\.75\s+6\s+-", run.Output);
        Assert.Matches(@"above 200,000\s+6\s+22\.5\s+0\.6\s+7\.5\s+12\s+-", run.Output);
    }

    [Fact]
    public async Task A_model_without_a_price_is_unpriced_and_fails()
    {
        var run = await CommandRun.RunAsync(["prices", "check", "llama-99"]);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("llama-99: unpriced, the table has no such model", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_asks_for_the_price_of_a_day()
    {
        var before = await CommandRun.RunAsync(["prices", "check", "claude-sonnet-5-5", "--at", "2026-10-06", "--json"]);
        var after = await CommandRun.RunAsync(["prices", "check", "claude-sonnet-5-5", "--at", "2026-10-07T00:00:00Z", "--json"]);

        Assert.Equal((0.2m, 0.1m), (CacheRead(before), CacheRead(after)));
    }

    [Fact]
    public async Task A_model_that_has_its_price_at_other_times_shows_them()
    {
        var run = await CommandRun.RunAsync(["prices", "check", "deepseek-chat", "--at", "2026-11-01"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("not at that time", run.Output, StringComparison.Ordinal);
        Assert.Contains("from 2025-12-09, before 2026-04-24", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_can_be_of_one_provider()
    {
        var run = await CommandRun.RunAsync(["prices", "list", "--provider", "google", "--json"]);

        using var json = JsonDocument.Parse(run.Output);
        Assert.All(json.RootElement.GetProperty("prices").EnumerateArray(), price => Assert.Equal("google", price.GetProperty("provider").GetString()));
        Assert.Contains("gemini-2.5-pro", (await CommandRun.RunAsync(["prices", "list"])).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_configured_file_is_used()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "own.yaml");
        await File.WriteAllTextAsync(file, "prices: [{provider: us, models: [llama-99], input: 1, output: 2}]", TestContext.Current.CancellationToken);

        var run = await CommandRun.RunAsync(["prices", "check", "llama-99", "--set", $"prices.file={file}"]);

        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task Old_sessions_get_new_prices_when_they_are_applied_and_not_before()
    {
        using var folder = new TemporaryFolder();
        var (data, own) = (folder.File("data"), folder.File("own.yaml"));
        await CommandRun.RunAsync(["import", SharedData.Require("fixtures", "goose", "run-text"), "--data", data]);
        await File.WriteAllTextAsync(own, "version: v2\nprices: [{provider: openai, models: [gpt-4o], input: 1000, output: 1000, cacheRead: 1000}]", TestContext.Current.CancellationToken);

        var before = await CommandRun.RunFoldedAsync("usage", "--by", "model", "--start", "0", "--json", "--data", data);
        var tried = await CommandRun.RunAsync(["prices", "apply", "--try", "--data", data, "--set", $"prices.file={own}"]);
        var applied = await CommandRun.RunAsync(["prices", "apply", "--json", "--data", data, "--set", $"prices.file={own}"]);
        var after = await CommandRun.RunFoldedAsync("usage", "--by", "model", "--start", "0", "--json", "--data", data);

        using var outcome = JsonDocument.Parse(applied.Output);
        Assert.Contains("would have another price", tried.Output, StringComparison.Ordinal);
        Assert.Equal((Cost(before), Cost(after)), (outcome.RootElement.GetProperty("beforeUsd").GetDecimal(), outcome.RootElement.GetProperty("afterUsd").GetDecimal()));
        Assert.True(Cost(after) > 10 * Cost(before), $"{Cost(before)}, then {Cost(after)}");
        Assert.EndsWith("+v2", outcome.RootElement.GetProperty("table").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("2026-13-01")]
    public async Task A_time_that_is_none_is_a_mistake_of_usage(string at) =>
        Assert.Equal(2, (await CommandRun.RunAsync(["prices", "check", "gpt-5", "--at", at])).ExitCode);

    private static decimal Cost(CommandRun run)
    {
        using var json = JsonDocument.Parse(run.Output);
        return json.RootElement.GetProperty("total").GetProperty("cost").GetProperty("usd").GetDecimal();
    }

    private static decimal CacheRead(CommandRun run)
    {
        using var json = JsonDocument.Parse(run.Output);
        return json.RootElement.GetProperty("price").GetProperty("cacheRead").GetDecimal();
    }
}
