using Gander.Hosting.Auth;
using Gander.Tests.Conformance;
using Gander.Tests.Hosting;

namespace Gander.Tests.Commands;

public sealed class BackupCommandTests : IDisposable
{
    private readonly string _folder = TestServer.NewFolder();

    private string Data => Path.Combine(_folder, "data");

    private string Copy => Path.Combine(_folder, "copy");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_copy_made_while_the_server_runs_opens_with_everything_in_it()
    {
        await using var server = await TestServer.StartOnDiskAsync(Data);
        server.CreateToken();
        var import = await CommandRun.RunAsync(["import", SharedData.Require("fixtures", "goose", "session-three-turns"), "--data", Data]);

        var backup = await CommandRun.RunAsync(["backup", Copy, "--data", Data]);
        await using var copy = await TestServer.StartOnDiskAsync(Copy, ("readOnly", "true"));

        Assert.Equal((0, 0), (import.ExitCode, backup.ExitCode));
        Assert.Equal(await SessionsAsync(server), await SessionsAsync(copy));
        Assert.Contains("\"agent\":\"goose\"", await SessionsAsync(copy), StringComparison.Ordinal);
        Assert.Equal("dev", Assert.Single(copy.Tokens.Read()).Name);
    }

    [Fact]
    public async Task Without_a_server_both_commands_work_on_the_folder_itself()
    {
        var import = await CommandRun.RunAsync(["import", SharedData.Require("fixtures", "goose", "run-text"), "--data", Data]);

        var backup = await CommandRun.RunAsync(["backup", Copy, "--data", Data]);
        await using var copy = await TestServer.StartOnDiskAsync(Copy);

        Assert.Equal((0, 0), (import.ExitCode, backup.ExitCode));
        Assert.Contains("\"agent\":\"goose\"", await SessionsAsync(copy, token: null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_with_something_in_it_is_not_written_to()
    {
        await using var server = await TestServer.StartOnDiskAsync(Data);
        Directory.CreateDirectory(Copy);
        await File.WriteAllTextAsync(Path.Combine(Copy, "mine.txt"), "mine", Cancel);

        var run = await CommandRun.RunAsync(["backup", Copy, "--data", Data]);
        var inside = await CommandRun.RunAsync(["backup", Path.Combine(Data, "copy"), "--data", Data]);

        Assert.Equal((1, 1), (run.ExitCode, inside.ExitCode));
        Assert.Contains("is not empty", run.Error, StringComparison.Ordinal);
        Assert.Contains("inside the data folder", inside.Error, StringComparison.Ordinal);
        Assert.Equal(["mine.txt"], Directory.EnumerateFileSystemEntries(Copy).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Only_the_key_of_the_data_folder_makes_backups()
    {
        await using var server = await TestServer.StartOnDiskAsync(Data);
        var token = server.CreateToken("local");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/backup") { Content = new StringContent("{}") };
        request.Headers.Add("Authorization", $"Bearer {token}");

        using var response = await server.Pages.SendAsync(request, Cancel);

        Assert.Equal(System.Net.HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task There_must_be_something_to_copy()
    {
        var run = await CommandRun.RunAsync(["backup", Copy, "--data", Data]);

        Assert.Equal(3, run.ExitCode);
        Assert.False(Directory.Exists(Data));
    }

    private static Task<string> SessionsAsync(TestServer server) => SessionsAsync(server, server.Services.GetService(typeof(LocalKey)) is LocalKey key ? key.Text : null);

    private static async Task<string> SessionsAsync(TestServer server, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/sessions");
        request.Headers.Authorization = token is null ? null : new System.Net.Http.Headers.AuthenticationHeaderValue("Bearer", token);
        using var response = await server.Pages.SendAsync(request, Cancel);
        return await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Cancel);
    }
}
