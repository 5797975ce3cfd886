using System.Text.Json;
using Gander.Tests.Conformance;
using Gander.Tests.Hosting;

namespace Gander.Tests.Commands;

public sealed class UsageCommandTests : IDisposable
{
    private readonly string _folder = TestServer.NewFolder();

    private string Data => Path.Combine(_folder, "data");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Usage_is_a_table_with_its_total()
    {
        await CommandRun.RunAsync(["import", SharedData.Require("fixtures", "claude-code", "http-json"), "--data", Data]);

        var run = await CommandRun.RunFoldedAsync("usage", "--by", "agent,model", "--start", "0", "--data", Data);

        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"Agent\s+Model\s+Cost", run.Output);
        Assert.Matches(@"claude-code\s+claude-sonnet-5\s+\$0\.0075\s+3\.86k", run.Output);
        Assert.Matches(@"Total\s+\$0\.0075", run.Output);
    }

    [Fact]
    public async Task Json_and_csv_are_the_answers_of_the_api()
    {
        await using var server = await TestServer.StartOnDiskAsync(Data);

        var json = await CommandRun.RunAsync(["usage", "--by", "team", "--last", "7d", "--json", "--data", Data]);
        var csv = await CommandRun.RunAsync(["usage", "--by", "team,day", "--csv", "--data", Data]);

        using var answer = JsonDocument.Parse(json.Output);
        Assert.Equal(0, answer.RootElement.GetProperty("rowCount").GetInt32());
        Assert.StartsWith("team,day,cost_usd,", csv.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--by", "colour")]
    [InlineData("--where", "model")]
    [InlineData("--where", "colour=red")]
    [InlineData("--last", "long")]
    public async Task A_mistake_is_one_of_usage(string flag, string value)
    {
        await using var server = await TestServer.StartOnDiskAsync(Data);

        Assert.Equal(2, (await CommandRun.RunAsync(["usage", flag, value, "--data", Data])).ExitCode);
        Assert.Equal(2, (await CommandRun.RunAsync(["usage", flag, value, "--csv", "--data", Data])).ExitCode);
    }
}
