using Gander.Tests.Hosting;

namespace Gander.Tests.Commands.Exec;

public sealed class ExecCommandTests : IDisposable
{
    private readonly string _folder = TestServer.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("exec goose run")]
    [InlineData("exec goose -- run")]
    [InlineData("exec")]
    [InlineData("exec --")]
    public async Task The_program_stands_behind_dashes(string arguments)
    {
        var run = await CommandRun.RunAsync(arguments.Split(' '));

        Assert.Equal(2, run.ExitCode);
        Assert.NotEqual("", run.Error);
    }

    [Fact]
    public async Task A_server_must_be_an_address()
    {
        var run = await CommandRun.RunAsync(["exec", "--server", "somewhere", "--", "no-such-program-anywhere"]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--server", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_refuses_is_told_and_the_program_is_started_all_the_same()
    {
        await using var server = await TestServer.StartAsync();
        server.CreateToken();

        var run = await CommandRun.RunAsync(["exec", "--server", server.Running.Addresses.Pages.AbsoluteUri, "--", "no-such-program-anywhere"]);

        Assert.Equal(127, run.ExitCode);
        Assert.Contains("GANDER_TOKEN", run.Error, StringComparison.Ordinal);
        Assert.Contains("There is no program 'no-such-program-anywhere'.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_away_is_told()
    {
        var run = await CommandRun.RunAsync(["exec", "--server", "http://127.0.0.1:9", "--", "no-such-program-anywhere"]);

        Assert.Contains("nothing answers at http://127.0.0.1:9. The program runs without telemetry", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://ann:hush-hush@127.0.0.1:9")]
    [InlineData("http://ann:hush-hush@127.0.0.1:9?key=hush-hush")]
    [InlineData("ann:hush-hush@127.0.0.1:9")]
    public async Task A_password_in_an_address_is_not_shown(string address)
    {
        var run = await CommandRun.RunAsync(["exec", "--server", address, "--", "no-such-program-anywhere"]);

        Assert.Contains("127.0.0.1:9", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hush-hush", run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_in_the_address_of_a_server_admits_to_it_and_is_not_shown()
    {
        await using var server = await TestServer.StartAsync();
        var token = server.CreateToken();
        var address = new UriBuilder(server.Running.Addresses.Pages) { UserName = "ann", Password = token }.Uri.AbsoluteUri;

        var run = await CommandRun.RunAsync(["exec", "--server", address, "--", "no-such-program-anywhere"], ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://bob:hush-hush@127.0.0.1:9"));

        Assert.DoesNotContain("without telemetry", run.Error, StringComparison.Ordinal);
        Assert.Contains("this run goes to Gander", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hush-hush", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(token, run.Error, StringComparison.Ordinal);
    }
}
