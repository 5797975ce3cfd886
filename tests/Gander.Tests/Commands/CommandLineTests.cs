using Gander.Hosting;

namespace Gander.Tests.Commands;

public sealed class CommandLineTests
{
    [Fact]
    public async Task Alone_it_prints_help_that_says_how_to_start()
    {
        var run = await CommandRun.RunAsync([]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("gander serve", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_prints_the_version()
    {
        var run = await CommandRun.RunAsync(["version"]);

        Assert.StartsWith($"gander {GanderVersion.Text} ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("serv")]
    [InlineData("serve --nonsense")]
    [InlineData("token")]
    [InlineData("token create")]
    [InlineData("token create --name x --scope some")]
    [InlineData("token create --name x --expires 90")]
    [InlineData("serve --listen example.org:80")]
    [InlineData("serve --set keepAliveSeconds")]
    [InlineData("serve --config /does/not/exist.yaml")]
    public async Task A_wrong_command_line_is_told_apart_by_its_exit_code_and_nothing_is_done(string arguments)
    {
        var run = await CommandRun.RunAsync(arguments.Split(' '));

        Assert.Equal(2, run.ExitCode);
        Assert.NotEqual("", run.Error);
        Assert.Equal("", run.Output);
    }

    [Fact]
    public async Task A_variable_of_the_environment_is_checked_like_a_flag()
    {
        var run = await CommandRun.RunAsync(["serve"], ("GANDER_KEEP_ALIVE_SECONDS", "1"));

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("GANDER_KEEP_ALIVE_SECONDS: keepAliveSeconds is '1'.", run.Error, StringComparison.Ordinal);
    }
}
