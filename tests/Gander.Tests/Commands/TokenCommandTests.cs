using Gander.Hosting.Auth;
using Gander.Tests.Hosting;

namespace Gander.Tests.Commands;

public sealed class TokenCommandTests : IDisposable
{
    private readonly string _folder = TestServer.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_new_token_alone_is_on_standard_output()
    {
        var run = await CommandRun.RunAsync(["token", "create", "--name", "dev", "--data", _folder]);

        Assert.Equal(0, run.ExitCode);
        Assert.True(TokenSecret.IsTokenShaped(run.Output.TrimEnd()));
        Assert.Contains("shown once", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_shows_everything_but_secrets()
    {
        var created = await CommandRun.RunAsync(
            ["token", "create", "--name", "laptop", "--user", "ann", "--team", "birds", "--scope", "ingest", "--expires", "90d", "--data", _folder]);

        var list = await CommandRun.RunAsync(["token", "list", "--data", _folder]);

        Assert.Contains("laptop", list.Output, StringComparison.Ordinal);
        Assert.Matches(@"laptop\s+ingest\s+ann\s+birds\s+\d{4}-\d\d-\d\d\s+\d{4}-\d\d-\d\d", list.Output);
        Assert.DoesNotContain(created.Output.Trim(), list.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(TokenSecret.Hash(created.Output.Trim()), list.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revoking_what_is_not_there_fails()
    {
        await CommandRun.RunAsync(["token", "create", "--name", "dev", "--data", _folder]);

        Assert.Equal(1, (await CommandRun.RunAsync(["token", "revoke", "other", "--data", _folder])).ExitCode);
        Assert.Equal(0, (await CommandRun.RunAsync(["token", "revoke", "dev", "--data", _folder])).ExitCode);
        Assert.Empty(new TokenFile(_folder, TimeProvider.System).Read());
    }
}
