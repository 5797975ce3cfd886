using System.Text.Json;
using Gander.Commands.Queries;
using Gander.Hosting.Auth;
using Gander.Query.Shared;
using Gander.Tests.Conformance;
using Gander.Tests.Hosting;

namespace Gander.Tests.Commands;

public sealed class QueryCommandTests : IDisposable
{
    private readonly string _folder = TestServer.NewFolder();

    private string Data => Path.Combine(_folder, "data");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task An_instant_is_shown_as_a_table()
    {
        await using var server = await TestServer.StartOnDiskAsync(Data);

        var number = await CommandRun.RunAsync(["query", "1 + 1", "--data", Data]);
        var vector = await CommandRun.RunAsync(["query", "label_replace(vector(3), \"model\", \"gpt\", \"\", \"\")", "--data", Data]);
        var nothing = await CommandRun.RunAsync(["query", "absent_metric", "--data", Data]);

        Assert.Equal((0, "2"), (number.ExitCode, number.Output.Trim()));
        Assert.Contains("{model=\"gpt\"}", vector.Output, StringComparison.Ordinal);
        Assert.Contains("No series.", nothing.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_range_is_shown_as_a_chart_with_its_series()
    {
        await using var server = await TestServer.StartOnDiskAsync(Data);

        var run = await CommandRun.RunAsync(["query", "vector(time() % 600)", "--start", "now-1h", "--step", "30s", "--data", Data]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(run.Output, character => character is > '\u2800' and <= '\u28ff');
        Assert.Contains("mean", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_is_the_answer_of_the_API()
    {
        await using var server = await TestServer.StartOnDiskAsync(Data);

        var run = await CommandRun.RunAsync(["query", "1", "--time", "4", "--json", "--data", Data]);

        using var answer = JsonDocument.Parse(run.Output);
        Assert.Equal("[4,\"1\"]", answer.RootElement.GetProperty("data").GetProperty("result").GetRawText());
    }

    [Fact]
    public async Task Without_a_server_the_folder_itself_is_asked()
    {
        var import = await CommandRun.RunAsync(["import", SharedData.Require("fixtures", "goose", "run-text"), "--data", Data]);

        var run = await CommandRun.RunAsync(["query", "count({__name__=~\".+\"})", "--time", "now", "--json", "--data", Data]);

        Assert.Equal((0, 0), (import.ExitCode, run.ExitCode));
        Assert.Contains("\"vector\"", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_elsewhere_is_asked_with_a_token()
    {
        await using var server = await TestServer.StartOnDiskAsync(Data);
        var token = server.CreateToken(scopes: TokenScopes.Read);
        var address = server.Running.Addresses.Pages.AbsoluteUri;

        var admitted = await CommandRun.RunAsync(["query", "1 + 1", "--server", address], ("GANDER_TOKEN", token));
        var refused = await CommandRun.RunAsync(["query", "1 + 1", "--server", address]);

        Assert.Equal((0, "2"), (admitted.ExitCode, admitted.Output.Trim()));
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("token", refused.Error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_mistake_is_shown_where_it_stands_and_starts_nothing()
    {
        var run = await CommandRun.RunAsync(["query", "sum(rat(up[5m]))", "--data", Data]);

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(["  sum(rat(up[5m]))", "      ^^^", "unknown function with name \"rat\""], run.Error.ReplaceLineEndings("\n").TrimEnd().Split('\n'));
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public async Task A_failure_of_the_query_is_told()
    {
        await using var server = await TestServer.StartOnDiskAsync(Data);

        var run = await CommandRun.RunAsync(["query", "up[5m]", "--start", "now-5m", "--data", Data]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("range query", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--end", "now")]
    [InlineData("--start", "soon")]
    [InlineData("--start", "now", "--end", "now-1h")]
    [InlineData("--start", "now-1h", "--step", "0")]
    [InlineData("--server", "somewhere")]
    public async Task Wrong_flags_are_refused(params string[] flags) =>
        Assert.Equal(2, (await CommandRun.RunAsync(["query", "1", "--data", Data, .. flags])).ExitCode);

    [Fact]
    public async Task A_plan_is_shown_as_a_tree_or_in_JSON()
    {
        await using var server = await TestServer.StartOnDiskAsync(Data);

        var tree = await CommandRun.RunAsync(["explain", "sum by (le) (rate(x_bucket[5m]))", "--data", Data]);
        var json = await CommandRun.RunAsync(["explain", "sum(up)", "--start", "now-1h", "--json", "--data", Data]);

        Assert.Contains("└─ ", tree.Output, StringComparison.Ordinal);
        using var plan = JsonDocument.Parse(json.Output);
        Assert.Equal("sum(up)", plan.RootElement.GetProperty("query").GetString());
    }

    [Theory]
    [InlineData("sum(", 4, 4, "sum(", "    ^")]
    [InlineData("a +\nrat(b)", 4, 7, "a +", "rat(b)", "^^^")]
    [InlineData("a +\nb", 0, 5, "a +", "^^^", "b", "^")]
    public void A_place_is_marked_below_its_line(string query, int start, int end, params string[] lines) =>
        Assert.Equal(lines, QueryRun.Marked(query, new TextPosition(start, end)));
}
